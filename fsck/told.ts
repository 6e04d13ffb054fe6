// The access log as its rows have it: what has a place, in order, and what waits for one.
import { aboutOf, LogHead, LogRow } from '../functions/aws/access-log/pending.ts'
import { padded, entryKey } from '../functions/aws/access-log/rows.ts'
import { pendingPartitions } from '../functions/aws/access-log/waiting.ts'
import type { Row } from '../functions/aws/dynamodb.ts'
import { base64, hex } from '../log/bytes.ts'
import { append, emptyTree, leafHash } from '../log/merkle.ts'
import { type LoggedEntry, readEntry } from '../verify/entries.ts'
import { readEach, rowName } from './facts.ts'
import type { Find, Snapshot } from './snapshot.ts'

/** An entry with the bytes of its leaf, and its RFC 6962 hash. */
export type Told = { row: Row; entry: LoggedEntry; leaf: Buffer; hash: string }

export type Log = {
  head: LogHead
  /** By their places, from 0, without gaps as far as they go. */
  placed: readonly Told[]
  pending: readonly Told[]
  /** All of them, in the order in which they are, or will be, in the log. */
  all: readonly Told[]
}

const emptyHead: LogHead = { pk: 'head', sk: 'head', size: 0, edge: [], signedSize: 0 }

const isPending = ({ pk }: Row): boolean => pendingPartitions.some(partition => partition === pk)

const read = (row: Row): Told => {
  const leaf = Buffer.from(LogRow.parse(row).leaf)
  const entry = readEntry(leaf, Number(row['index'] ?? 0))
  return { row, entry, leaf, hash: hex(leafHash(leaf)) }
}

/** The log, and whether each entry is there once, in its place, and its rows say what it says. */
export const logOf = ({ tables }: Snapshot, find: Find): Log => {
  const place = { table: 'AccessLog', find } as const
  const [head = emptyHead] = readEach(
    tables.AccessLog.filter(({ pk, sk }) => pk === 'head' && sk === 'head'),
    place,
    row => LogHead.parse(row),
  )
  const rows = tables.AccessLog.filter(row => String(row['pk']).startsWith('entry#'))
  const placed = readEach(rows, place, read).toSorted(
    (a, b) => Number(a.row['index']) - Number(b.row['index']),
  )
  const pending = readEach(tables.AccessLog.filter(isPending), place, read).toSorted((a, b) =>
    a.entry.id < b.entry.id ? -1 : 1,
  )
  const log = { head, placed, pending, all: [...placed, ...pending] }
  verifyPlaces(log, find)
  verifyHead(log, find)
  for (const told of log.all) verifyRow(told, find)
  return log
}

const verifyPlaces = ({ head, placed, pending }: Log, find: Find): void => {
  const places = new Set<number>()
  for (const { row } of placed) {
    const { index, pk, sk } = row
    const own = entryKey(Number(index))
    if (pk !== own.pk || sk !== own.sk || Number(index) >= head.size)
      find('entry-gap', rowName('AccessLog', row), String(index))
    places.add(Number(index))
  }
  for (let index = 0; index < head.size; index++)
    if (!places.has(index)) find('entry-gap', `AccessLog ${entryKey(index).pk} ${padded(index)}`)
  const seen = new Set<string>()
  for (const { entry } of [...placed, ...pending]) {
    if (seen.has(entry.id)) find('entry-twice', `entry ${entry.id}`)
    seen.add(entry.id)
  }
  // Passes place what waits in order: what is much older than the last that was placed is not waiting any more.
  const newest = Date.parse(placed.at(-1)?.entry.time ?? '') || 0
  for (const { entry } of pending)
    if (Date.parse(entry.time) < newest - leftBehindMs)
      find('entry-pending', `entry ${entry.id}`, entry.time)
}

/** So long an entry may wait while others get their places: ten passes. */
const leftBehindMs = 10 * 60 * 1000

const verifyHead = ({ head, placed }: Log, find: Find): void => {
  let tree = emptyTree
  for (const { leaf } of placed.slice(0, head.size)) tree = append(tree, leaf)
  const edge = tree.edge.map(base64)
  if (tree.size === head.size && JSON.stringify(edge) !== JSON.stringify(head.edge))
    find('head-differs', 'AccessLog head', String(head.size))
  const signed = Number(head.checkpoint?.split('\n')[1] ?? 0)
  if (head.signedSize > head.size || signed !== head.signedSize)
    find('head-differs', 'AccessLog head', `${signed} ${head.signedSize} ${head.size}`)
}

/** What queries filter by, beside the leaf. */
const verifyRow = ({ row, entry, leaf }: Told, find: Find): void => {
  const { id, actor, time, action, outcome, purpose } = entry
  const about = row['index'] === undefined ? {} : aboutOf(leaf.toString())
  const said: Row = {
    id,
    institution: actor.institution,
    keyid: actor.keyid,
    time,
    action,
    outcome,
    purpose,
    ...about,
  }
  for (const [name, value] of Object.entries(said))
    if (row[name] !== value) find('entry-row-differs', `entry ${id}`, name)
}
