// An agreement as its notices have made it: a fold of what its signatories sent. Pure: the first version and the
// notices in order in; terms, standing and what is awaited out. Nothing else changes an agreement.
import { Agreement, type KeptAgreement, type NoticeKind } from '../schemas/agreement.ts'
import { dayOf } from '../schemas/guatemala.ts'
import type { InstitutionCode, Instant, Sha256 } from '../schemas/ids.ts'
import { endOfDay, instantAt } from '../schemas/instants.ts'
import type { Notice, NoticeCommand, NoticeState } from '../schemas/notice.ts'
import { isParty } from './agreement.ts'
import { type Day, laterDay } from './calendar.ts'

/** A version of the terms, and since when new referrals come under it. Old ones keep the version they came under. */
type Version = { version: number; from: Instant; terms: Agreement }

/** What each party must state alike, and has not yet. `from`: of whom it is awaited. */
type Awaited = { kind: NoticeKind; digest: Sha256; from: readonly InstitutionCode[] }

/** A notice and what it has come to. */
export type Given = Notice & { state: NoticeState; effectiveAt?: Instant }

/** An agreement and all that became of it. */
export type Standing = {
  /** As the directory keeps it: its terms of now and how it stands. */
  agreement: KeptAgreement
  versions: readonly Version[]
  awaiting: readonly Awaited[]
  notices: readonly Given[]
}

/**
 * What is stated, as a text of which there is one only: members in order of their names. Its SHA-256 is the digest that
 * both parties sign; two notices state the same where it is the same.
 */
export const statementOf = (stated: NoticeCommand | Agreement): string =>
  JSON.stringify(inOrder(stated))

const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, member]) => member !== undefined)
            .toSorted(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, member]) => [name, inOrder(member)]),
        )
      : value

/**
 * Clause 15: when a rescission that was received on a day ends the agreement: on the eve of the same day three months
 * later (Ley del Organismo Judicial, art. 45), or on the last day of that month where it has no such day.
 */
export const rescissionEnds = (receivedOn: Day): Instant => {
  const [year, month, day] = receivedOn.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + 3, 0))
  const last = instantAt(lastOfMonth.getTime()).slice(0, 10)
  if (day > lastOfMonth.getUTCDate()) return endOfDay(last)
  return endOfDay(laterDay(`${last.slice(0, 8)}${receivedOn.slice(8)}`, -1))
}

/** What takes effect only once each party has stated it. */
const needsAll: readonly NoticeKind[] = ['renewal', 'amendment', 'lift']

/** The terms of an agreement without how it stands. */
export const termsOf = (agreement: KeptAgreement): Agreement => {
  const members = Object.keys(Agreement.shape)
  const terms = Object.entries(agreement).filter(([name]) => members.includes(name))
  return Object.fromEntries(terms) as Agreement
}

/** An agreement by its notices so far. Throws where they are no series: numbers out of order, by no party. */
export const foldNotices = (first: Agreement, notices: readonly Notice[]): Standing => {
  let standing: Standing = {
    agreement: first,
    versions: [{ version: 1, from: first.inForceFrom, terms: first }],
    awaiting: [],
    notices: [],
  }
  for (const notice of notices) {
    const { number, at, by } = notice
    if (number !== nextNumber(standing.notices, at) || !isParty(first, by))
      throw new Error('notices that are no series')
    standing = withNotice(standing, notice)
  }
  return standing
}

const isSame = (one: { kind: NoticeKind; digest: Sha256 }, { states, digest }: Notice): boolean =>
  one.kind === states.kind && one.digest === digest

/** What one notice more makes of an agreement. */
export const withNotice = (standing: Standing, notice: Notice): Standing => {
  const { states, by, at, digest } = notice
  const { kind } = states
  const awaited = standing.awaiting.find(one => isSame(one, notice))
  const from = needsAll.includes(kind)
    ? (awaited?.from ?? standing.agreement.parties).filter(party => party !== by)
    : []
  const others = standing.awaiting.filter(one => one !== awaited)
  const counted = { ...standing.agreement, notices: standing.notices.length + 1 }
  if (from.length > 0)
    return {
      ...standing,
      agreement: counted,
      notices: [...standing.notices, { ...notice, state: 'awaiting' }],
      awaiting: [...others, { kind, digest, from }],
    }
  const next = effectOf({ ...standing, agreement: counted, awaiting: others }, states, at)
  const settled = standing.notices.map((one): Given => {
    if (one.state !== 'awaiting') return one
    if (isSame({ kind: one.states.kind, digest: one.digest }, notice))
      return { ...one, state: 'in-effect', effectiveAt: at }
    return next.awaiting.some(other => isSame(other, one)) ? one : { ...one, state: 'lapsed' }
  })
  return { ...next, notices: [...settled, { ...notice, state: 'in-effect', effectiveAt: at }] }
}

/** What a notice brings about: by itself, or as the last of those that it needs. */
const effectOf = (standing: Standing, states: NoticeCommand, at: Instant): Standing => {
  const { agreement } = standing
  const without = (kind: NoticeKind) => standing.awaiting.filter(one => one.kind !== kind)
  const standsAs = (change: Partial<KeptAgreement>, awaiting: readonly Awaited[]): Standing => ({
    ...standing,
    agreement: { ...agreement, ...change },
    awaiting,
  })
  switch (states.kind) {
    case 'renewal':
      return standsAs({ renewedUntil: states.until }, without('renewal'))
    case 'rescission': {
      const ends = rescissionEnds(states.receivedOn)
      const { rescindedUntil: before = ends } = agreement
      return standsAs({ rescindedUntil: before < ends ? before : ends }, without('renewal'))
    }
    case 'amendment':
      return amended(standing, states.change, at)
    case 'breach':
      // Whoever agreed to lift an earlier one did not agree to lift this one.
      return standsAs({ frozen: true }, without('lift'))
    case 'lift': {
      const { frozen: _, ...open } = agreement
      return { ...standing, agreement: open, awaiting: without('lift') }
    }
    case 'termination':
      return standsAs({ terminatedAt: at }, [])
    default:
      throw new Error('a notice of no kind')
  }
}

const amended = (
  standing: Standing,
  { policy, ...change }: Extract<NoticeCommand, { kind: 'amendment' }>['change'],
  from: Instant,
): Standing => {
  const version = standing.versions.length + 1
  const { agreement } = standing
  const next = { ...agreement, ...change, policy: { ...agreement.policy, ...policy }, version }
  const versions = [...standing.versions, { version, from, terms: termsOf(next as KeptAgreement) }]
  return { ...standing, agreement: next as KeptAgreement, versions }
}

/** The number of the next notice: counted within the year of Guatemala, without gaps. */
export const nextNumber = (notices: readonly Notice[], now: Instant): string => {
  const prefix = `AV-${dayOf(now).slice(0, 4)}-`
  const so = notices.filter(({ number }) => number.startsWith(prefix)).length
  return `${prefix}${String(so + 1).padStart(4, '0')}`
}
