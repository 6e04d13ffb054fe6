// The AccessLog table as doors use it: entries are added in the transaction of their effect.
// Sequencing (place in the tree, signed checkpoint) is sequence.ts, asking about entries query.ts.
import * as z from 'zod'
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import type { EntryId, SeenUnder } from '../../../schemas/ids.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from '../dynamodb.ts'
import { type KnownRows, rowOf } from '../known-rows.ts'
import { KeptLeaf, packedLeaf } from './kept-leaf.ts'
import { partitionFor } from './waiting.ts'

/** An entry as kept: its exact JSON text (the leaf of the tree), and beside it what queries filter by. */
export const LogRow = z.looseObject({
  leaf: KeptLeaf,
  id: z.string(),
  index: z.int().nonnegative().optional(),
})

const About = z.looseObject({
  referralId: z.string().optional(),
  consentId: z.string().optional(),
})
/**
 * What a placed row is found by in an index (infra/data-stack.ts); a pending one is in none, which would be paid for.
 */
export const aboutOf = (leaf: string): { referralId?: string; consentId?: string } => {
  const { referralId, consentId } = About.parse(JSON.parse(leaf))
  return { ...(referralId && { referralId }), ...(consentId && { consentId }) }
}

export const LogHead = z.strictObject({
  pk: z.literal('head'),
  sk: z.literal('head'),
  /** Leaves in the tree, its right edge in base64 (log/merkle.ts). */
  size: z.int().nonnegative(),
  edge: z.array(z.string()),
  /** Size of the last signed checkpoint and its signed note. */
  signedSize: z.int().nonnegative(),
  checkpoint: z.string().optional(),
})
export type LogHead = z.infer<typeof LogHead>

/** An entry as it is to be kept, wherever it is: its leaf, and beside it what queries filter by. */
export type EntryRow = { id: EntryId; leaf: string } & Row

export const entryRow = (entry: AccessLogEntry, agreementId: SeenUnder | undefined): EntryRow => ({
  id: entry.id,
  leaf: JSON.stringify(entry),
  agreementId,
  institution: entry.actor.institution,
  keyid: entry.actor.keyid,
  time: entry.time,
  action: entry.action,
  outcome: entry.outcome,
  purpose: entry.purpose,
})

/** The row of an entry as it is written. */
export const packed = <R extends { leaf: string }>(row: R) => ({
  ...row,
  leaf: packedLeaf(row.leaf),
})

export type AccessLog = ReturnType<typeof accessLog>

export const accessLog = ({ dynamodb, table }: InTable) => {
  let signed = { size: 0, at: 0 }
  const head: RowName = { table, key: { pk: 'head', sk: 'head' } }
  const isFresh = (forMs = 1000) => performance.now() - signed.at < forMs && signed.at > 0
  const read = (row: Row | undefined) => {
    signed = { size: row ? LogHead.parse(row).signedSize : 0, at: performance.now() }
  }

  return {
    /**
     * Where the size of the last signed checkpoint is, for whoever reads it ahead; nowhere while it is known, and will
     * be when the request that is beginning is answered.
     */
    sizeAt: (): RowName[] => (isFresh(500) ? [] : [head]),

    /** Takes note of the size as it was read, unless a pass has signed more in the meantime. */
    sawHead: (known: KnownRows): void => {
      const taken = known.take(head)
      if (taken && !isFresh(500)) read(taken.row)
    },

    /** Adds a pending entry: durable with its effect, given its place in the tree by the sequencer. */
    append: (entry: AccessLogEntry, agreementId: SeenUnder | undefined): Write => ({
      item: {
        Put: {
          TableName: table,
          Item: toItem({
            ...packed(entryRow(entry, agreementId)),
            pk: partitionFor(entry),
            sk: entry.id,
          }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      failed: () => 'ours',
    }),

    /** A checkpoint of this size was signed: what is answered from now on is not behind it. */
    saw: (size: number): void => {
      if (size > signed.size) signed = { size, at: performance.now() }
    },

    /** Size of the last signed checkpoint, at most a second old. */
    signedSize: async (): Promise<number> => {
      if (!isFresh()) read(await rowOf(dynamodb, head))
      return signed.size
    },
  }
}
