// The writes that count what a transaction does: of the counters, and of the rows of persons. Pure.
import {
  type Countable,
  type Counted,
  type Sums,
  addAll,
  difference,
  evidenceOf,
  quarterOf,
  shardOf,
  tallyOf,
} from '../../events/progress.ts'
import type { AgreementId, ReferralId } from '../../schemas/ids.ts'
import type { Quarter } from '../../schemas/report.ts'
import { type Write, toItem } from './dynamodb.ts'
import { type Joint, type People, personWrite } from './person-row.ts'

/** What a transaction adds to count what its other writes do, and where each referral is counted from then on. */
export type Counting = {
  writes: Write[]
  marks: ReadonlyMap<ReferralId, { counted: Counted }>
}

/**
 * Guards name a person by the same keyed hashes, and fall when the referral closes; these stay until it is shredded.
 */
const personNames = ({ consentId, openGuards }: Countable): [string, ...string[]] => {
  // The agreement is in what was hashed.
  const [first, ...others] = openGuards.map(
    name => `reached#${name.slice(name.lastIndexOf('#') + 1)}`,
  )
  return first === undefined ? [`reached#${consentId}`] : [first, ...others]
}

/** Which person a new referral is about: the first whom one of its documents names, or a new one. */
const identified = (referral: Countable, people: People | undefined): Required<Counted> => {
  const names = personNames(referral)
  const rowOf = (name: string) => people?.get(name)
  const known = names.find(name => rowOf(name))
  const person = known === undefined ? names[0] : (rowOf(known)?.alias ?? known)
  return {
    quarter: rowOf(person)?.quarter ?? quarterOf(referral.submittedAt),
    person,
    // A document that is somebody else's already stays theirs: two who were counted are two.
    as: names.filter(name => name !== person && (!rowOf(name) || rowOf(name)?.alias === person)),
  }
}

/** Every row of a person that a plan for these referrals may have to know. */
export const namesIn = (writes: readonly Write[]): string[] =>
  writes.flatMap(({ counts }) => {
    if (!counts) return []
    const { person, as = [] } = counts.before?.counted ?? {}
    return person === undefined ? personNames(counts.before ?? counts.after) : [person, ...as]
  })

/**
 * The writes that count what `writes` do.
 *
 * @param people rows as they were just read; left out: what is usual is guessed, and Moved where it is not so
 */
export const planOf = (writes: readonly Write[], table: string, people?: People): Counting => {
  const joints = new Map<string, Joint>()
  const sums = new Map<string, Sums>()
  const marks = new Map<ReferralId, { counted: Counted }>()

  const first = writes.find(({ counts }) => counts)?.counts
  const shard = first ? shardOf(first.after) : 0
  for (const { counts } of writes) {
    if (!counts) continue
    const { before, after } = counts
    const was = before?.counted
    // A handover is made together with a change of its parent, which comes first among the writes.
    const parent = before ? undefined : after.partOf && marks.get(after.partOf)?.counted
    const mark = was ?? parent ?? identified(before ?? after, people)
    const begins = !was
    const ends =
      after.contentState === 'shredded' && (begins || before?.contentState !== 'shredded')
    const frozen = mark.person === undefined
    marks.set(after.referralId, {
      counted: after.contentState === 'shredded' ? { quarter: mark.quarter } : mark,
    })

    const row = counterRow(after.agreementId, mark.quarter, shard)
    const into = sums.get(row) ?? {}
    sums.set(row, into)
    addAll(into, difference(tallyOf(after), begins || !before ? {} : tallyOf(before)))

    if (frozen) continue
    const step = (begins ? 1 : 0) - (ends ? 1 : 0)
    for (const name of [mark.person, ...(mark.as ?? [])] as string[]) {
      const alias = name === mark.person ? {} : { alias: mark.person as string }
      const joint: Joint = joints.get(name) ?? {
        row,
        ...alias,
        joins: begins && !parent,
        quarter: mark.quarter,
        referrals: 0,
        before: {},
        after: {},
      }
      joints.set(name, joint)
      joint.referrals += step
      if (name !== mark.person) continue
      if (!begins && before) addAll(joint.before, evidenceOf(before))
      addAll(joint.after, evidenceOf(after))
    }
  }

  const counting: Write[] = []
  for (const [name, joint] of joints) {
    const known = people ? { row: people.get(name) } : undefined
    const { write, stages } = personWrite({ table, name, joint }, known)
    if (write) counting.push(write)
    for (const [stage, n] of Object.entries(stages))
      addAll(sums.get(joint.row) ?? {}, { [`p:${stage}`]: n })
  }
  for (const [pk, deltas] of sums) {
    const changed = Object.entries(difference(deltas, {})) as [string, number][]
    if (changed.length > 0) counting.push(counterWrite(table, pk, changed))
  }
  return { writes: counting, marks }
}

export const counterRow = (agreementId: AgreementId, quarter: Quarter, shard: number): string =>
  `progress#${agreementId}#${quarter}#${shard}`

const counterWrite = (table: string, pk: string, deltas: readonly [string, number][]): Write => ({
  item: {
    Update: {
      TableName: table,
      Key: toItem({ pk }),
      UpdateExpression: `ADD ${deltas.map((_, i) => `#${i} :${i}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(deltas.map(([name], i) => [`#${i}`, name])),
      ExpressionAttributeValues: toItem(Object.fromEntries(deltas.map(([, n], i) => [`:${i}`, n]))),
    },
  },
  failed: () => 'internal',
})
