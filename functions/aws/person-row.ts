// The row of a person in the Progress table: how often each stage of theirs was recorded, and how many unshredded
// referrals are theirs. Written by a guess of how it is, or as it was read.
import * as z from 'zod'
import { type Evidence, addAll, difference, reached } from '../../events/progress.ts'
import { Quarter, Stage } from '../../schemas/report.ts'
import { type Write, toItem } from './dynamodb.ts'

/** A person by one document, or by the consent where there is none with a number. `as`: another document's row. */
export const PersonRow = z.looseObject({
  pk: z.string(),
  revision: z.int().positive(),
  referrals: z.int().positive(),
  /** Of a further document: the row of the person. */
  alias: z.string().optional(),
  quarter: Quarter.optional(),
  reached: z.partialRecord(Stage, z.int().positive()).optional(),
})
export type PersonRow = z.infer<typeof PersonRow>
export type People = ReadonlyMap<string, PersonRow | undefined>

/** What a transaction does to one row. */
export type Joint = {
  row: string
  alias?: string
  /** Where the row is made by this transaction, if it is not there. */
  joins: boolean
  quarter: Quarter
  referrals: number
  before: Evidence
  after: Evidence
}

const personRow = (item: Write['item']): Write => ({ item, guesses: true, failed: () => 'moved' })

/** What a row is to be, whether it is there or not: as it was read, or not there. */
const setting = (row: object, was: PersonRow | undefined) => {
  const members = Object.entries(row)
  const { ExpressionAttributeValues = {}, ...condition } = held(was)
  return {
    UpdateExpression: `SET ${members.map(([name], i) => `${name} = :${i}`).join(', ')}`,
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ...toItem(Object.fromEntries(members.map(([, value], i) => [`:${i}`, value]))),
    },
    ...condition,
  }
}
const held = (was: PersonRow | undefined) =>
  was
    ? {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: toItem({ ':revision': was.revision }),
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' }

/**
 * The write of a person's row, and what becomes of the numbers of persons.
 *
 * @param known the row as it was read; left out: guessed
 */
export const personWrite = (
  { table, name, joint }: { table: string; name: string; joint: Joint },
  known: { row: PersonRow | undefined } | undefined,
): { write?: Write; stages: Evidence } => {
  const { alias, joins, quarter, referrals, before, after } = joint
  const change = difference(after, before)
  if (referrals === 0 && Object.keys(change).length === 0 && !joins) return { stages: {} }
  const Key = toItem({ pk: name })
  if (known || joins) {
    const was = known?.row
    const reachedBefore: Evidence = was?.reached ?? {}
    const reachedAfter = { ...reachedBefore }
    addAll(reachedAfter, change)
    const left = (was?.referrals ?? 0) + referrals
    const row = {
      revision: (was?.revision ?? 0) + 1,
      referrals: left,
      ...(alias === undefined ? { quarter, reached: difference(reachedAfter, {}) } : { alias }),
    }
    return {
      write: personRow(
        left > 0
          ? { Update: { TableName: table, Key, ...setting(row, was) } }
          : { Delete: { TableName: table, Key, ...held(was) } },
      ),
      stages: reached(reachedBefore, reachedAfter),
    }
  }
  // The guess: nobody else's evidence is there, and the last referral takes the row along.
  const stages = Object.entries(change) as [Stage, number][]
  const names = Object.fromEntries(stages.map(([stage], i) => [`#${i}`, stage]))
  const values = Object.fromEntries(stages.map(([, n], i) => [`:${i}`, Math.abs(n)]))
  const asGuessed = stages.map(([, n], i) =>
    n > 0 ? `attribute_not_exists(reached.#${i})` : `reached.#${i} = :${i}`,
  )
  const guessed = Object.fromEntries(stages.map(([stage, n]) => [stage, Math.sign(n)]))
  const withNames = stages.length > 0 ? { ExpressionAttributeNames: names } : {}
  if (referrals < 0)
    return {
      write: personRow({
        Delete: {
          TableName: table,
          Key,
          ConditionExpression: ['referrals = :gone', ...asGuessed].join(' AND '),
          ...withNames,
          ExpressionAttributeValues: toItem({
            ...Object.fromEntries(
              stages.flatMap(([, n], i) => (n < 0 ? [[`:${i}`, values[`:${i}`]]] : [])),
            ),
            ':gone': -referrals,
          }),
        },
      }),
      stages: guessed,
    }
  const set = stages.flatMap(([, n], i) => (n > 0 ? [`reached.#${i} = :${i}`] : []))
  const gone = stages.flatMap(([, n], i) => (n < 0 ? [`reached.#${i}`] : []))
  return {
    write: personRow({
      Update: {
        TableName: table,
        Key,
        UpdateExpression: [
          'ADD revision :one, referrals :more',
          ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
          ...(gone.length > 0 ? [`REMOVE ${gone.join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: ['attribute_exists(pk)', ...asGuessed].join(' AND '),
        ...withNames,
        ExpressionAttributeValues: toItem({ ...values, ':one': 1, ':more': referrals }),
      },
    }),
    stages: guessed,
  }
}
