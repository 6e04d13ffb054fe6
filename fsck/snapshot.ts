// What a hub keeps at one moment, as rows and messages: of a data folder (data-folder.ts), or scanned from its tables.
import type { Row } from '../functions/aws/dynamodb.ts'
import type { TableName } from '../functions/aws/tables.ts'
import type { ViolationKind } from '../texts/fsck.ts'

/** A message as it lies in one of the two queues of an inbox. */
export type Queued = { queue: 'inbox' | 'parked'; inbox: string; body: string }

export type Snapshot = {
  tables: Record<TableName, readonly Row[]>
  queues: readonly Queued[]
  /** The log's public key, 32 bytes of Ed25519. */
  logKey: Uint8Array
  /** Names that the hub is called by (RFC 9421 `@authority`): callers signed for one of them. */
  authorities: readonly string[]
}

/** One contradiction. `record` names what it is about, `detail` what was found; neither has anything personal. */
export type Violation = { kind: ViolationKind; record: string; detail?: string }

/** Takes note of a contradiction. */
export type Find = (kind: ViolationKind, record: string, detail?: string) => void

/** One text for values that are the same, in whatever order their members are. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

/** What is in one of two and not in the other. */
export const inOneOf = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): T[] => [
  ...[...one].filter(each => !other.has(each)),
  ...[...other].filter(each => !one.has(each)),
]
