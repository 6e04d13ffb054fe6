// The embedded SQS: fauxqs in this process, durable in SQLite. Nothing listens: calls are handed to it, so that only
// the local AWS endpoint, which checks who calls, can reach a queue. (fauxqs's own `startFauxqs` listens on all
// interfaces.)
import { mkdirSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'
import { buildApp } from 'fauxqs'
import type { AwsAnswer } from './aws-error.ts'

type Store = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>['sqsStore']
type Queue = NonNullable<ReturnType<Store['getQueueByName']>>
type Persistence = {
  db: {
    exec: (sql: string) => void
    prepare: (sql: string) => { run: (...values: unknown[]) => unknown }
  }
  updateMessageReady: (messageId: string) => void
  loadSqsAndSns: (sqs: Store, sns: unknown) => void
  close: () => void
}

// Not among the package's exports; its version is pinned, and a test over every one of these ways in fails when they
// move.
const internal = async <T>(path: string): Promise<T> => {
  const manifest = findPackageJSON('fauxqs', import.meta.url)
  if (manifest === undefined) throw new Error('fauxqs is not installed')
  return (await import(new URL(path, pathToFileURL(manifest)).href)) as T
}

const openStores = async (folder: string) => {
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all([
    internal<{ SqsStore: new () => Store }>('dist/sqs/sqsStore.js'),
    internal<{ SnsStore: new () => never }>('dist/sns/snsStore.js'),
    internal<{ S3Store: new () => never }>('dist/s3/s3Store.js'),
    internal<{ PersistenceManager: new (folder: string) => Persistence }>('dist/persistence.js'),
  ])
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const persistence = new PersistenceManager(folder)
  // What is acknowledged is overwritten: SQLite would leave its ciphertext in free pages.
  persistence.db.exec('PRAGMA secure_delete = ON')
  // fauxqs 2.4.1 writes NULL into a NOT NULL column here, so that a message given back at once (visibility 0) is lost
  // until a restart.
  const ready = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  )
  persistence.updateMessageReady = messageId => void ready.run(messageId)

  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() }
  persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore)
  const persistent = persistence as unknown as NonNullable<Store['persistence']>
  stores.sqsStore.persistence = persistent
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistent
  return { stores, db: persistence.db, close: () => persistence.close() }
}

/**
 * A receive in one transaction: fauxqs parks a message by deleting it here and adding it there, and a crash may come in
 * between.
 */
const receiveAtomically = (queue: Queue, db: Persistence['db']): void => {
  const dequeue = queue.dequeue.bind(queue)
  queue.dequeue = (...parameters) => {
    db.exec('BEGIN')
    try {
      const messages = dequeue(...parameters)
      db.exec('COMMIT')
      return messages
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }
}

export type QueueSpec = { name: string; attributes: Record<string, string> }

// Attributes that are decided when a queue is made.
const fixed = new Set(['FifoQueue', 'DeduplicationScope', 'FifoThroughputLimit'])

/** Opens the queues kept in `folder`. */
export const openSqs = async (folder: string) => {
  const { stores, db, close } = await openStores(folder)
  const store = stores.sqsStore
  const app = buildApp({ logger: false, host: '', stores })
  await app.ready()
  let draining = false

  const call = async (target: string, body: string): Promise<AwsAnswer> => {
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      payload: draining ? withoutWaiting(target, body) : body,
    })
    const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.0' }
    const code = answer.headers['x-amzn-query-error']
    if (typeof code === 'string') headers['x-amzn-query-error'] = code
    return { status: answer.statusCode, headers, body: answer.rawPayload }
  }

  return {
    /** One AWS JSON 1.0 call, `target` as in X-Amz-Target. */
    call,
    /** Makes the queue, or gives an existing one the template's attributes. */
    ensure: async ({ name, attributes }: QueueSpec, url: string): Promise<void> => {
      const known = store.getQueueByName(name) !== undefined
      const settable = Object.fromEntries(
        Object.entries(attributes).filter(([key]) => !fixed.has(key)),
      )
      const answer = known
        ? await call(
            'AmazonSQS.SetQueueAttributes',
            JSON.stringify({ QueueUrl: url, Attributes: settable }),
          )
        : await call(
            'AmazonSQS.CreateQueue',
            JSON.stringify({ QueueName: name, Attributes: attributes }),
          )
      if (answer.status !== 200)
        throw new Error(`the queue ${name} cannot be made: ${answer.body.toString()}`)
      const queue = store.getQueueByName(name)
      if (queue) receiveAtomically(queue, db)
    },
    /** Ends long polls now and lets no further one wait: the hub is stopping. */
    drain: () => {
      draining = true
      store.shutdown()
    },
    stop: async () => {
      await app.close()
      close()
    },
  }
}
export type Sqs = Awaited<ReturnType<typeof openSqs>>

const withoutWaiting = (target: string, body: string): string =>
  target === 'AmazonSQS.ReceiveMessage'
    ? JSON.stringify({ ...JSON.parse(body), WaitTimeSeconds: 0 })
    : body
