// How often what was done, by day of Guatemala: kept in the AccessLog table behind the tree, so that a summary costs
// the same however long the log is. A row for each kind of entry and day, added to in the transaction that moves the
// size of what is counted: each placed entry counts once, whoever dies when. A log from before counting is counted from
// its beginning. Derived, and never used for a decision.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Refused } from '../../../events/refusal.ts'
import { sidesOf } from '../../../events/seen-under.ts'
import type { AccessLogSummary } from '../../../schemas/access-log.ts'
import { Moved, type InTable, type Write, toItem, transact } from '../dynamodb.ts'
import { rowOf } from '../known-rows.ts'
import { allRows } from '../row-pages.ts'
import { type Viewer, mayView } from './filter.ts'
import { readHead, readRows } from './rows.ts'
import { type Counted, countedOf, nameOfCounted, parseCounted, summaryOf } from './summary.ts'

/** Entries read for one transaction, a partition's worth. */
const batch = 256
/** A transaction takes 100 items: the size, and two rows for each kind and day. */
const mostRows = 99
/** Entries that have not been counted yet and are read one by one for an answer; beyond that counting comes first. */
const mostUncounted = 5120
/** How often a summary starts over because counting went on meanwhile. */
const tries = 6

const CountHead = z.looseObject({ size: z.int().nonnegative() })
export const countKey = { pk: 'counts', sk: 'size' }
const CountRow = z.looseObject({ sk: z.string(), n: z.int().positive() })

/**
 * Where a kind is counted: with its agreement, for officers of the parties, or with the sides of its handover, for
 * theirs; and with who acted, for their own officers.
 */
export const partitionsOf = ({ agreementId, institution }: Counted): string[] => {
  const sides = sidesOf(agreementId)
  const shared = agreementId === undefined || sides.length > 0 ? [] : [agreementId]
  return [
    ...[...new Set([institution, ...sides])].map(code => `counts#institution#${code}`),
    ...shared.map(id => `counts#agreement#${id}`),
  ]
}

export const logCounts = (place: InTable) => {
  const { dynamodb, table } = place

  /** Entries that are counted: those of the log up to this size. */
  const countedSize = async (): Promise<number> => {
    const row = await rowOf(dynamodb, { table, key: countKey })
    return row ? CountHead.parse(row).size : 0
  }

  /** Counts the next entries up to `end`, as many as one transaction has room for. Answers how far it came. */
  const takeUp = async (size: number, end: number): Promise<number> => {
    const sums = new Map<string, { pk: string; sk: string; n: number }>()
    let next = size
    for (const row of await readRows(place, size, Math.min(end, size + batch))) {
      const counted = countedOf(row)
      const sk = nameOfCounted(counted)
      const keys = partitionsOf(counted).map(pk => ({ pk, sk, name: `${pk} ${sk}` }))
      const fresh = keys.filter(({ name }) => !sums.has(name)).length
      if (sums.size + fresh > mostRows) break
      for (const { pk, name } of keys) sums.set(name, { pk, sk, n: (sums.get(name)?.n ?? 0) + 1 })
      next += 1
    }
    await transact(dynamodb)([moveSize(table, size, next), ...[...sums.values()].map(add(table))])
    return next
  }

  /** Rows of a partition from one day to another, as of their last write. */
  const countsIn = async (pk: string, from: string, to: string): Promise<[Counted, number][]> => {
    const rows = await allRows(start =>
      dynamodb.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          // A row's name is its day, a blank and its kind; a tilde sorts after both.
          ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': `${to}~` }),
          ...start,
        }),
      ),
    )
    return rows.map(row => {
      const { sk, n } = CountRow.parse(row)
      return [parseCounted(sk), n]
    })
  }

  return {
    countedSize,

    /** Counts what has its place, for as long as it has time. Another pass at the same time does no harm. */
    run: async (withinMs: number): Promise<void> => {
      const begun = performance.now()
      const { size } = await readHead(place)
      let done = await countedSize()
      while (done < size && performance.now() - begun < withinMs) {
        try {
          done = await takeUp(done, size)
        } catch (error) {
          if (!(error instanceof Moved)) throw error
          done = await countedSize()
        }
      }
    },

    /**
     * What `viewer` may see of these days, counted: rows, and the few entries that are placed and not counted yet.
     *
     * @param from first day of Guatemala (`YYYY-MM-DD`)
     * @param to last day, inclusive
     * @throws Refused `unavailable` while a long log is still being counted
     */
    summary: async (viewer: Viewer, from: string, to: string): Promise<AccessLogSummary> => {
      for (let attempt = 1; attempt <= tries; attempt++) {
        const size = await countedSize()
        const { size: placed } = await readHead(place)
        if (placed - size > mostUncounted) throw new Refused('unavailable')
        const rest = (await readRows(place, size, placed)).map(countedOf)
        const counted = await Promise.all([
          ...viewer.agreements.map(id => countsIn(`counts#agreement#${id}`, from, to)),
          countsIn(`counts#institution#${viewer.institution}`, from, to).then(rows =>
            rows.filter(
              ([one]) =>
                mayView(viewer, one) && !viewer.agreements.some(id => id === one.agreementId),
            ),
          ),
        ])
        // Counting moved an entry from the rest to the rows, or is about to: what was read is of two moments.
        if ((await countedSize()) !== size) continue
        return summaryOf([
          ...counted.flat(),
          ...rest
            .filter(one => mayView(viewer, one) && one.day >= from && one.day <= to)
            .map((one): [Counted, number] => [one, 1]),
        ])
      }
      throw new Refused('unavailable')
    },
  }
}

/** Moves the size of what is counted; fails where another pass was first. */
const moveSize = (table: string, size: number, next: number): Write => ({
  item: {
    Update: {
      TableName: table,
      Key: toItem(countKey),
      UpdateExpression: 'SET #size = :next',
      ConditionExpression: size === 0 ? 'attribute_not_exists(pk)' : '#size = :size',
      ExpressionAttributeNames: { '#size': 'size' },
      ExpressionAttributeValues: toItem({
        ':next': next,
        ...(size === 0 ? {} : { ':size': size }),
      }),
    },
  },
  failed: () => 'moved',
})

const add =
  (table: string) =>
  ({ pk, sk, n }: { pk: string; sk: string; n: number }): Write => ({
    item: {
      Update: {
        TableName: table,
        Key: toItem({ pk, sk }),
        UpdateExpression: 'ADD n :n',
        ExpressionAttributeValues: toItem({ ':n': n }),
      },
    },
    failed: () => 'moved',
  })
