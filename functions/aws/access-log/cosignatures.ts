// Cosigned checkpoints in the AccessLog table: under `cosigned` the newest of each institution, under `cosigned#<code>`
// all of them. Nothing is ever changed or removed but the newest, and that only by one that follows it.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { CosignedCheckpoint } from '../../../schemas/access-log.ts'
import { InstitutionCode, Instant, Keyid } from '../../../schemas/ids.ts'
import { type InTable, type Row, type Write, toItem } from '../dynamodb.ts'
import { rowOf } from '../known-rows.ts'
import { allRows } from '../row-pages.ts'
import { padded } from './rows.ts'

const CosignedRow = z.strictObject({
  pk: z.literal('cosigned'),
  sk: InstitutionCode,
  /** Which one it is of this institution, from 1. */
  n: z.int().positive(),
  institution: InstitutionCode,
  keyid: Keyid,
  size: z.int().nonnegative(),
  /** Base64. */
  root: z.string(),
  cosignedAt: Instant,
  /** The text of the note, the log's own line, and a line of each key of the institution that cosigned this text. */
  text: z.string(),
  logLine: z.string(),
  lines: z.array(z.strictObject({ keyid: Keyid, line: z.string() })).min(1),
})
export type Cosigned = Omit<z.infer<typeof CosignedRow>, 'pk' | 'sk' | 'n'>
export type KeptCosigned = Cosigned & { n: number }

/** The note with these cosignatures behind the log's own line. */
export const cosignedNote = ({ text, logLine }: Cosigned, cosigned: readonly Cosigned[]): string =>
  `${text}\n${logLine}${cosigned
    .filter(one => one.text === text)
    .flatMap(({ lines }) => lines.map(({ line }) => line))
    .join('')}`

export const readCosigned = (row: Row): KeptCosigned => {
  const { pk: _pk, sk: _sk, ...cosigned } = CosignedRow.parse(row)
  return cosigned
}

export const cosignatures = ({ dynamodb, table }: InTable) => {
  const newest = async (): Promise<KeptCosigned[]> => {
    const rows = await allRows(start =>
      dynamodb.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :cosigned',
          ExpressionAttributeValues: toItem({ ':cosigned': 'cosigned' }),
          ...start,
        }),
      ),
    )
    return rows.map(readCosigned)
  }

  return {
    /** What an institution cosigned last; a consistent read. */
    last: async (institution: InstitutionCode): Promise<KeptCosigned | undefined> => {
      const row = await rowOf(dynamodb, { table, key: { pk: 'cosigned', sk: institution } })
      return row && readCosigned(row)
    },

    /** Keeps a cosigned checkpoint as the newest, if `before` still is it, and for good. */
    add: (cosigned: Cosigned, before: KeptCosigned | undefined): Write[] => {
      const n = (before?.n ?? 0) + 1
      const { institution } = cosigned
      const history = { pk: `cosigned#${institution}`, sk: padded(n) }
      return [
        {
          item: {
            Put: {
              TableName: table,
              Item: toItem({ pk: 'cosigned', sk: institution, n, ...cosigned }),
              ...(before
                ? {
                    ConditionExpression: 'n = :before',
                    ExpressionAttributeValues: toItem({ ':before': before.n }),
                  }
                : { ConditionExpression: 'attribute_not_exists(pk)' }),
            },
          },
          failed: () => 'moved',
        },
        {
          item: {
            Put: {
              TableName: table,
              Item: toItem({ ...history, n, ...cosigned }),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          failed: () => 'moved',
        },
      ]
    },

    /** The newest of each institution, each with every cosignature that is known of its checkpoint. */
    list: async (): Promise<CosignedCheckpoint[]> => {
      const all = await newest()
      return all.map(one => ({
        institution: one.institution,
        keyid: one.keyid,
        size: one.size,
        cosignedAt: one.cosignedAt,
        checkpoint: cosignedNote(one, all),
      }))
    },

    /** A checkpoint as the log signed it, with the cosignatures of exactly that one behind it. */
    with: async (checkpoint: string): Promise<string> => {
      const lines = (await newest())
        .filter(({ text }) => checkpoint.startsWith(`${text}\n`))
        .flatMap(one => one.lines.map(({ line }) => line))
      return `${checkpoint}${lines.join('')}`
    },
  }
}
