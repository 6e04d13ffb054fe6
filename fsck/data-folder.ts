// What a local hub keeps in its data folder, read as it lies there: SQLite files, opened to be read only, so that the
// hub may be running.
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { type Row, toRow } from '../functions/aws/dynamodb.ts'
import { type TableName, tableNames } from '../functions/aws/tables.ts'
import { check, type Report } from './check.ts'
import type { Queued, Snapshot } from './snapshot.ts'

/** A folder that no local hub has kept anything in. `file`: what is missing there. */
export class NoDataFolder extends Error {
  readonly file: string
  constructor(file: string) {
    super(`${file} is missing`)
    this.file = file
  }
}

const prefix = 'referral-hub-'
const files = {
  tables: 'dynamodb.sqlite',
  queues: join('queues', 'fauxqs.db'),
  keys: 'kms.json',
} as const

const KeyFile = z.object({
  keys: z.array(z.object({ logicalId: z.string(), material: z.string().optional() })),
})
const HubFile = z.object({ authority: z.string() })
const Item = z.object({ item_json: z.string() })
const Message = z.object({ queue_name: z.string(), body: z.string() })

/** Binary is base64 in the file. */
const itemOf = (json: string): Row =>
  toRow(
    JSON.parse(json, (name, value: unknown) =>
      name === 'B' && typeof value === 'string'
        ? new Uint8Array(Buffer.from(value, 'base64'))
        : value,
    ) as Parameters<typeof toRow>[0],
  )

const reading = <T>(file: string, read: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  try {
    // One moment for all that is read.
    database.exec('BEGIN')
    return read(database)
  } finally {
    database.close()
  }
}

const tablesIn = (file: string): Snapshot['tables'] =>
  reading(file, database => {
    const known = new Set(
      database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => name),
    )
    const rowsIn = (table: string): Row[] =>
      // A hub of before a table was there has none.
      known.has(prefix + table)
        ? database
            .prepare(`SELECT item_json FROM "${prefix}${table}"`)
            .all()
            .map(row => itemOf(Item.parse(row).item_json))
        : []
    const tables = tableNames.map(name => [name, rowsIn(name)] as const)
    return Object.fromEntries(tables) as Record<TableName, Row[]>
  })

const queuesIn = (file: string): Queued[] =>
  reading(file, database =>
    database
      .prepare('SELECT queue_name, body FROM sqs_messages')
      .all()
      .flatMap(row => {
        const { queue_name: name, body } = Message.parse(row)
        const [, queue, inbox = ''] = /^referral-hub-(inbox|parked)-(.+)\.fifo$/.exec(name) ?? []
        return queue ? [{ queue: queue as Queued['queue'], inbox, body }] : []
      }),
  )

const logKeyIn = (file: string): Uint8Array => {
  const { keys } = KeyFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const { material = '' } = keys.find(({ logicalId }) => logicalId === 'LogKey') ?? {}
  const key = createPrivateKey({
    key: Buffer.from(material, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  return Buffer.from(String(createPublicKey(key).export({ format: 'jwk' }).x), 'base64url')
}

/**
 * What lies in a data folder now. Queues are read first: a message that is there has its rows by then.
 * @throws NoDataFolder
 */
export const snapshotIn = (data: string): Snapshot => {
  for (const file of Object.values(files))
    if (!existsSync(join(data, file))) throw new NoDataFolder(file)
  const hubFile = join(data, 'hub.json')
  const { authority } = existsSync(hubFile)
    ? HubFile.parse(JSON.parse(readFileSync(hubFile, 'utf8')))
    : { authority: '127.0.0.1' }
  const queues = queuesIn(join(data, files.queues))
  return {
    tables: tablesIn(join(data, files.tables)),
    queues,
    logKey: logKeyIn(join(data, files.keys)),
    authorities: [authority, '127.0.0.1', 'localhost'],
  }
}

/** So often a folder is read where something is found: what a running hub was in the middle of is over by then. */
const readings = 3

/**
 * Checks a data folder. What contradicts itself in one reading and not in the next was under way.
 * @throws NoDataFolder
 */
export const fsck = async (data: string): Promise<Report> => {
  let report = await check(snapshotIn(data))
  for (let n = 1; n < readings && !report.ok; n++) {
    const before = new Set(report.violations.map(one => JSON.stringify(one)))
    const next = await check(snapshotIn(data))
    const violations = next.violations.filter(one => before.has(JSON.stringify(one)))
    report = { ...next, violations, ok: violations.length === 0 }
  }
  return report
}
