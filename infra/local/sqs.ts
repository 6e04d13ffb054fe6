// The embedded SQS: fauxqs in this process, durable in SQLite. Its actions are called as functions, so that only the
// local AWS endpoint, which checks who calls, can reach a queue (`startFauxqs` listens on all interfaces), and so that
// what an action does is one transaction.
import { mkdirSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { buildApp } from 'fauxqs'
import { type AwsAnswer, AwsError, answerOf } from './aws-error.ts'
import { giveOutAsSqs } from './fifo.ts'
import { receiveAttempts } from './receive-attempts.ts'

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
/** Throws SqsError, or anything for a body that is of another shape than the action's. */
type Action = (body: unknown, store: Store, request: { headers: Record<string, string> }) => unknown
type SqsError = Error & { statusCode: number; queryErrorHeader: string; toJSON: () => object }

// Not among the package's exports; its version is pinned, and a test over every one of these ways in fails when they
// move.
const internal = async <T>(path: string): Promise<T> => {
  const manifest = findPackageJSON('fauxqs', import.meta.url)
  if (manifest === undefined) throw new Error('fauxqs is not installed')
  return (await import(new URL(path, pathToFileURL(manifest)).href)) as T
}

const actionNames = [
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'CreateQueue',
  'DeleteMessage',
  'DeleteMessageBatch',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
  'SendMessageBatch',
  'SetQueueAttributes',
]

/** By their names in X-Amz-Target. */
const readActions = async (): Promise<ReadonlyMap<string, Action>> =>
  new Map(
    await Promise.all(
      actionNames.map(async (name): Promise<[string, Action]> => {
        const own = `${name[0]?.toLowerCase()}${name.slice(1)}`
        const module = await internal<Record<string, Action>>(`dist/sqs/actions/${own}.js`)
        return [name, module[own] as Action]
      }),
    ),
  )

const openStores = async (folder: string) => {
  const [{ SqsStore }, { SnsStore }, { PersistenceManager }] = await Promise.all([
    internal<{ SqsStore: new () => Store }>('dist/sqs/sqsStore.js'),
    internal<{ SnsStore: new () => unknown }>('dist/sns/snsStore.js'),
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

  const store = new SqsStore()
  persistence.loadSqsAndSns(store, new SnsStore())
  const persistent = persistence as unknown as NonNullable<Store['persistence']>
  store.persistence = persistent
  for (const queue of store.allQueues()) queue.persistence = persistent
  return { store, db: persistence.db, close: () => persistence.close() }
}

/**
 * Whatever `work` writes, in one transaction: a message is not without its sequence number, a parked one is deleted
 * here and added there or neither, and SQLite waits for the disk once.
 */
const atomically = <T>(db: Persistence['db'], work: () => T): T => {
  db.exec('BEGIN')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

/** The one action that waits: what it does when messages are there is the transaction. */
const receiveAtomically = (queue: Queue, db: Persistence['db']): void => {
  const dequeue = queue.dequeue.bind(queue)
  queue.dequeue = (...parameters) => atomically(db, () => dequeue(...parameters))
}

/** What is read here of a ReceiveMessage. */
type Asked = { QueueUrl?: string; ReceiveRequestAttemptId?: string; VisibilityTimeout?: number }

export type QueueSpec = { name: string; attributes: Record<string, string> }

// Attributes that are decided when a queue is made.
const fixed = new Set(['FifoQueue', 'DeduplicationScope', 'FifoThroughputLimit'])

/** Opens the queues kept in `folder`. */
export const openSqs = async (folder: string) => {
  const [{ store, db, close }, actions, { SqsError }] = await Promise.all([
    openStores(folder),
    readActions(),
    internal<{ SqsError: new () => SqsError }>('dist/common/errors.js'),
  ])
  let draining = false

  const attemptsAt = new Map<Queue, ReturnType<typeof receiveAttempts>>()
  const receive = async (asked: Asked, act: () => unknown): Promise<object> => {
    const { QueueUrl = '', ReceiveRequestAttemptId: id, VisibilityTimeout } = asked
    const queue = store.getQueue(QueueUrl)
    const attempts = queue && attemptsAt.get(queue)
    const first = async () => (await act()) as object
    if (!attempts || id === undefined) return first()
    const visibilitySeconds = VisibilityTimeout ?? Number(queue.attributes['VisibilityTimeout'])
    return attempts({ id, visibilitySeconds }, first)
  }

  const run = (name: string, body: object): unknown => {
    const action = actions.get(name)
    if (!action) throw new AwsError('InvalidAction', `the local SQS has no ${name}`)
    const act = () => action(body, store, { headers: { host: 'localhost' } })
    return name === 'ReceiveMessage' ? receive(body, act) : atomically(db, act)
  }

  const call = async (target: string, text: string): Promise<AwsAnswer> => {
    const body = JSON.parse(text) as object
    const asked = draining ? { ...body, WaitTimeSeconds: 0 } : body
    try {
      return answerOf('sqs', await run(target.slice(target.indexOf('.') + 1), asked))
    } catch (error) {
      if (!(error instanceof SqsError)) throw error
      const { headers, body: said } = answerOf('sqs', error.toJSON())
      const named = { ...headers, 'x-amzn-query-error': error.queryErrorHeader }
      return { status: error.statusCode, headers: named, body: said }
    }
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
      if (!queue) return
      giveOutAsSqs(queue)
      receiveAtomically(queue, db)
      attemptsAt.set(queue, receiveAttempts(queue))
    },
    /** Ends long polls now and lets no further one wait: the hub is stopping. */
    drain: () => {
      draining = true
      store.shutdown()
    },
    stop: async () => {
      store.shutdown()
      close()
    },
  }
}
export type Sqs = Awaited<ReturnType<typeof openSqs>>
