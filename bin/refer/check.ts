// What can be known of a submission without a hub: its shape (schemas/), and the rules of the agreement as it is
// declared here (events/).
import { submitReferral } from '../../events/referral.ts'
import { fieldErrors } from '../../schemas/field-errors.ts'
import { agreements } from '../../infra/declared.ts'
import type { Instant } from '../../schemas/ids.ts'
import { Submission } from '../../schemas/referral.ts'
import type { Place, SheetRecord } from '../csv/records.ts'
import type { JsonRecord } from '../json-records.ts'

/** A record as it was read: of a sheet, its cells are known too. */
export type ReadRecord = JsonRecord & Partial<Pick<SheetRecord, 'problems' | 'placeOf'>>

/**
 * One thing that is wrong: where (a pointer, or a column of the sheet), what (a code), and what would be right, where
 * that is a short list.
 */
export type Problem = {
  record: number
  line: number
  pointer: string
  code: string
  allowed?: readonly string[] | undefined
  place?: Place
}

/** Stands in for the salt that a record gets when it is sent. */
const anySalt = 'AAAAAAAAAAAAAAAAAAAAAA'

/**
 * Everything that is wrong with the records, in their order: cells that cannot be read, shapes, own numbers that come
 * twice, and with `now` the rules, which depend on the day.
 */
export function problemsOf(
  records: readonly ReadRecord[],
  { now }: { now?: Instant } = {},
): Problem[] {
  const firstWith = new Map<unknown, number>()
  return records.flatMap(one => {
    const { record, line, value, problems = [], placeOf } = one
    const about = (pointer: string, code: string, allowed?: readonly string[]): Problem => {
      const place = placeOf?.(pointer)
      return {
        record,
        line,
        pointer,
        code,
        ...(allowed ? { allowed } : {}),
        ...(place ? { place } : {}),
      }
    }
    const inCells = problems.map(({ code, allowed, name, letter }): Problem => {
      const place = { name, ...(letter === undefined ? {} : { letter }) }
      return { record, line, pointer: '', code, place, ...(allowed ? { allowed } : {}) }
    })
    const spoilt = new Set(problems.map(({ name }) => name))
    // A rule judges what the row says; where a cell could not be read, it does not say it.
    const rest = shapeAndRules(value, problems.length > 0 ? undefined : now)
      .map(({ pointer, code, allowed }) => about(pointer, code, allowed))
      // What a cell could not be read as is missing, of course.
      .filter(({ place }) => place === undefined || !spoilt.has(place.name))
    const own = 'externalId' in value ? value.externalId : undefined
    const first = firstWith.get(own)
    if (own !== undefined && first === undefined) firstWith.set(own, line)
    const twice =
      own === undefined || first === undefined ? [] : [about('/externalId', 'number-comes-twice')]
    return [...inCells, ...rest, ...twice]
  })
}

function shapeAndRules(value: object, now?: Instant) {
  const parsed = Submission.safeParse({ salt: anySalt, ...value }, { reportInput: true })
  if (!parsed.success) {
    const errors = fieldErrors(parsed.error)
    const nobody = errors.some(({ pointer }) => pointer === '/recipient')
    return (
      errors
        // A sheet's purposes are for the recipient of the referral: one that is wrong is said once.
        .filter(({ pointer }) => !nobody || !/^\/consent\/purposes\/\d+\/recipient$/.test(pointer))
        .map(error => ({ allowed: undefined, ...error }))
    )
  }
  const submission = parsed.data
  const agreement = agreements().find(one => one.agreementId === submission.agreementId)
  const flow = agreement?.flows.find(({ recipient }) => recipient === submission.recipient)
  if (now === undefined || !agreement || !flow) return []
  const fact = submitReferral(submission, { agreement, referrer: flow.referrer, now })
  if (!('refused' in fact)) return []
  if (fact.errors === undefined) return [{ pointer: '', code: fact.refused, allowed: undefined }]
  return fact.errors.map(error => ({ allowed: undefined, ...error }))
}
