// What counts toward an agreement's target, in the Progress table: counters, a few rows for each quarter, and a row for
// each person while a referral of theirs is not shredded. Both are written in the transaction of what they count. It is
// guessed that a person is new, or at a stage for the first time, and only where that fails is the row read: counting
// costs no call. What is counted: events/progress.ts.
import * as z from 'zod'
import { type Sums, addAll, difference, shards } from '../../events/progress.ts'
import type { AgreementId } from '../../schemas/ids.ts'
import type { Quarter } from '../../schemas/report.ts'
import { Moved, type InTable, type RowName, type Write, pause, toItem, tries } from './dynamodb.ts'
import { rowsOf } from './known-rows.ts'
import { type People, PersonRow } from './person-row.ts'
import { type Counting, counterRow, namesIn, planOf } from './progress-plan.ts'

const CounterRow = z.record(z.string(), z.int())
const PublishedRow = z.looseObject({
  revision: z.int().positive(),
  cells: z.record(z.string(), z.int()),
})
/** What a report showed last, and how often that has changed. */
type Last = { revision: number; cells: Readonly<Record<string, number>> }

export type Progress = ReturnType<typeof progress>

export const progress = ({ dynamodb, table }: InTable) => {
  const named = (pk: string): RowName => ({ table, key: { pk } })

  /** People by the names of their rows, and those that they are another name of. */
  const peopleOf = async (names: readonly string[]): Promise<People> => {
    const people = new Map<string, PersonRow | undefined>()
    for (let wanted = [...new Set(names)]; wanted.length > 0;) {
      const rows = await rowsOf(dynamodb, wanted.map(named))
      for (const [i, name] of wanted.entries()) {
        const row = rows[i]
        people.set(name, row && PersonRow.parse(row))
      }
      const aliases = [...people.values()].flatMap(row => row?.alias ?? [])
      wanted = [...new Set(aliases)].filter(name => !people.has(name))
    }
    return people
  }

  return {
    /**
     * The counters of these quarters, those of each summed over its rows, and what was shown of them last. A call for
     * twelve quarters, however much is counted.
     */
    read: async (
      agreementId: AgreementId,
      quarters: readonly Quarter[],
    ): Promise<{ last: Last; counters: Map<Quarter, Sums> }> => {
      const places = quarters.flatMap(quarter =>
        Array.from({ length: shards }, (_, shard) => ({
          quarter,
          pk: counterRow(agreementId, quarter, shard),
        })),
      )
      const [published, ...rows] = await rowsOf(dynamodb, [
        named(`published#${agreementId}`),
        ...places.map(({ pk }) => named(pk)),
      ])
      const counters = new Map<Quarter, Sums>(quarters.map(quarter => [quarter, {}]))
      for (const [i, { quarter }] of places.entries()) {
        const { pk: _, ...counts } = rows[i] ?? { pk: '' }
        addAll(counters.get(quarter) ?? {}, CounterRow.parse(counts))
      }
      const last = published ? PublishedRow.parse(published) : { revision: 0, cells: {} }
      return { last, counters }
    },

    /** Keeps what is shown now, if it is other than what was shown last. */
    publish: (
      agreementId: AgreementId,
      { revision, cells }: Last,
      shown: Record<string, number>,
    ): Write[] =>
      Object.keys(difference(shown, cells)).length === 0
        ? []
        : [
            {
              item: {
                Put: {
                  TableName: table,
                  Item: toItem({
                    pk: `published#${agreementId}`,
                    revision: revision + 1,
                    cells: shown,
                  }),
                  ...(revision === 0
                    ? { ConditionExpression: 'attribute_not_exists(pk)' }
                    : {
                        ConditionExpression: 'revision = :revision',
                        ExpressionAttributeValues: toItem({ ':revision': revision }),
                      }),
                },
              },
              failed: () => 'moved',
            },
          ],

    /**
     * Has `send` commit `writes` together with what counts them: by a guess first, then by what is read.
     *
     * @throws what `send` throws, but for Moved where the guess alone was wrong
     */
    counted: async (
      writes: readonly Write[],
      send: (counting: Counting) => Promise<void>,
    ): Promise<void> => {
      let people: People | undefined
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(planOf(writes, table, people))
        } catch (error) {
          const wrong = error instanceof Moved && error.writes.length > 0 ? error.writes : []
          if (wrong.length === 0 || !wrong.every(({ guesses }) => guesses)) throw error
          if (attempt === tries) throw error
          if (attempt > 1) await pause(attempt)
          people = await peopleOf(namesIn(writes))
        }
      }
    },
  }
}
