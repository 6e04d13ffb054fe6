// Random walks of one agreement's referrals, by the pure rules alone: no hub, no tables. Time jumps, both sides answer,
// persons withdraw and are handed over, signatories give notice. What must never be is looked at after each step, by a
// second version of the rules that shares nothing with the first.
import { gate } from '../../events/agreement.ts'
import { type Clocked, type ClockedReferral, sharing } from '../../events/clock/rule.ts'
import { walkRules } from '../../events/clock/walk.ts'
import { foldConsent } from '../../events/consent.ts'
import { giveNotice } from '../../events/give-notice.ts'
import { endedInError, handOver } from '../../events/handover.ts'
import { recordMilestone, voidMilestone } from '../../events/milestone.ts'
import { type Standing, foldNotices, statementOf, withNotice } from '../../events/notice.ts'
import {
  type Countable,
  type Evidence,
  type Sums,
  addAll,
  difference,
  evidenceOf,
  reached,
  tallyOf,
} from '../../events/progress.ts'
import { changeStatus, isOpenable } from '../../events/referral.ts'
import { withdrawConsent } from '../../events/withdrawal.ts'
import { respondBy } from '../../events/agreement.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import type { ConsentEvent } from '../../schemas/consent.ts'
import { dayOf } from '../../schemas/guatemala.ts'
import { ConsentId, type InstitutionCode, type Instant, ReferralId } from '../../schemas/ids.ts'
import type { Milestone } from '../../schemas/milestone.ts'
import type { NoticeCommand } from '../../schemas/notice.ts'
import type { Reason, Status } from '../../schemas/referral.ts'
import { after, agreement, agreementId, ala, igm, now, oim } from './given.ts'
import { basicTerms } from './ledger.ts'

export type Kept = ClockedReferral & Countable & { agreementVersion: number; root: ReferralId }
type Side = 'referrer' | 'recipient'

const idOf = (n: number, kind: string) =>
  `019aa5d4-7c00-7abc-8def-${kind}${String(n).padStart(10, '0')}`
const day = 86_400_000

/** What the parties of a walk can do, and what came of it. */
export const walkFrom = (start: Instant = now) => {
  let at = start
  let standing: Standing = foldNotices(agreement, [])
  const referrals = new Map<ReferralId, Kept>()
  const ledgers = new Map<ConsentId, ConsentEvent[]>()
  const sums: Sums = {}
  const people = new Map<ReferralId, Evidence>()
  const persons: Evidence = {}
  const sent = new Map<string, number[]>()

  const under = (version: number): KeptAgreement => ({
    ...standing.agreement,
    ...standing.versions[version - 1]?.terms,
  })
  const consentOf = ({ consentId }: Kept) => foldConsent(ledgers.get(consentId) ?? [])
  const familyOf = ({ root }: Kept): Kept[] =>
    [...referrals.values()]
      .filter(one => one.root === root)
      .toSorted((a, b) => Number(a.partOf !== undefined) - Number(b.partOf !== undefined))

  /** Keeps a row, and counts what it changes, as `commit` does. */
  const keep = (row: Kept) => {
    const before = referrals.get(row.referralId)
    referrals.set(row.referralId, row)
    addAll(sums, difference(tallyOf(row), before ? tallyOf(before) : {}))
    const was = people.get(row.root) ?? {}
    const is: Evidence = { ...was }
    addAll(is, difference(evidenceOf(row), before ? evidenceOf(before) : {}))
    people.set(row.root, is)
    addAll(persons, reached(was, is))
  }
  /** Each event gets its place in its inbox, as `numbered` gives it. */
  const tell = (row: Kept, to: Side, n = 1) => {
    const key = `${row[to]}#${row.referralId}`
    const told = sent.get(key) ?? []
    for (let i = 0; i < n; i++) told.push(told.length + 1)
    sent.set(key, told)
  }
  const pick = (which: number) => [...referrals.values()][which % referrals.size]

  const moved = (row: Kept, by: InstitutionCode | 'hub', status: Status, reason?: Reason) => {
    const fact = changeStatus({ status, ...(reason && { reason }) }, row, { by, now: at })
    if ('refused' in fact) return fact.refused
    const { work } = gate(under(row.agreementVersion), at)
    if (work && by !== 'hub') return work
    keep({
      ...row,
      status,
      version: row.version + 1,
      history: [...row.history, fact.change],
      openGuards: fact.closes ? [] : row.openGuards,
    })
    for (const to of ['referrer', 'recipient'] as const) if (row[to] !== by) tell(row, to)
    if (status !== 'entered-in-error') return 'moved'
    const handovers = familyOf(row).filter(one => one.partOf === row.referralId)
    for (const { handover, change } of endedInError(handovers, at)) {
      const history = [...handover.history, change]
      keep({ ...handover, status: change.status, version: handover.version + 1, history })
      for (const to of ['referrer', 'recipient'] as const) tell(handover, to)
    }
    return 'moved'
  }

  return {
    referrals,
    sums,
    persons,
    people,
    sent,
    under,
    consentOf,
    now: () => at,
    standing: () => standing,

    submit: (validDays: number, priority: 'routine' | 'urgent' | 'stat') => {
      if (gate(standing.agreement, at).submit) return 'shut'
      const referralId = ReferralId.parse(idOf(referrals.size, 'a0'))
      const consentId = ConsentId.parse(idOf(ledgers.size, 'c0'))
      const line = { purpose: 'job-placement-handover', recipient: oim } as const
      const terms = {
        ...basicTerms,
        purposes: [...basicTerms.purposes, { ...line, dataCategories: ['identity' as const] }],
        grantedAt: at,
        validUntil: after(at, validDays * day),
      }
      const granted = { event: 'granted', consentId, n: 1, at, by: igm, referralId } as const
      ledgers.set(consentId, [{ ...granted, agreementId, terms }])
      const row: Kept = {
        referralId,
        root: referralId,
        agreementId,
        consentId,
        agreementVersion: standing.agreement.version ?? 1,
        referrer: igm,
        recipient: ala,
        priority,
        status: 'requested',
        deliveryState: 'queued',
        contentState: 'sealed',
        version: 1,
        submittedAt: at,
        respondBy: respondBy(standing.agreement, priority, at),
        history: [{ status: 'requested', at, by: igm }],
        milestones: [],
        openGuards: ['guard'],
        feedback: 'milestones',
      }
      keep(row)
      tell(row, 'recipient')
      return 'moved'
    },

    ack: (which: number) => {
      const row = pick(which)
      if (!row) return 'none'
      keep({ ...row, deliveryState: 'acknowledged' })
      return moved({ ...row, deliveryState: 'acknowledged' }, 'hub', 'received')
    },

    status: (which: number, side: Side, to: Status, reason?: Reason) => {
      const row = pick(which)
      return row ? moved(row, row[side], to, reason) : 'none'
    },

    milestone: (which: number, milestone: Milestone, daysAgo: number) => {
      const row = pick(which)
      if (!row) return 'none'
      const around = { consent: consentOf(row), by: row.recipient, now: at }
      const on = dayOf(after(at, -daysAgo * day))
      const fact = recordMilestone({ milestone, on }, row, around)
      if ('refused' in fact) return fact.refused
      const { work } = gate(under(row.agreementVersion), at)
      if (work) return work
      keep({ ...row, milestones: fact.milestones })
      if (fact.tells) tell(row, 'referrer')
      return 'moved'
    },

    voided: (which: number, n: number) => {
      const row = pick(which)
      if (!row) return 'none'
      const around = { consent: consentOf(row), by: row.recipient, now: at }
      const fact = voidMilestone(n, row, around)
      if ('refused' in fact) return fact.refused
      keep({ ...row, milestones: fact.milestones })
      if (fact.tells) tell(row, 'referrer')
      return 'moved'
    },

    handover: (which: number) => {
      const row = pick(which)
      if (!row) return 'none'
      const handovers = familyOf(row).filter(one => one.partOf === row.referralId)
      const consent = consentOf(row)
      const fact = handOver({ recipient: oim }, row, {
        agreement: under(row.agreementVersion),
        consent,
        handovers,
        by: row.recipient,
        now: at,
      })
      if ('refused' in fact) return fact.refused
      if (row.contentState === 'shredded') throw new Error('what is destroyed was handed over')
      if (fact.milestone) {
        keep({ ...row, milestones: fact.milestone.milestones })
        if (fact.milestone.tells) tell(row, 'referrer')
      }
      const child: Kept = {
        ...row,
        ...fact.child,
        referralId: ReferralId.parse(idOf(referrals.size, 'b0')),
        partOf: row.referralId,
        status: 'requested',
        deliveryState: 'queued',
        contentState: 'sealed',
        version: 1,
        milestones: [],
        openGuards: [],
        told: undefined,
        leaseUntil: undefined,
        deliveries: undefined,
      }
      keep(child)
      tell(child, 'recipient')
      return 'moved'
    },

    /**
     * Opens what may be opened: by status, agreement and content alone, for what the consent permits is tested
     * elsewhere.
     */
    release: (which: number) => {
      const row = pick(which)
      if (!row || row.contentState === 'shredded' || !isOpenable(row.status)) return 'shut'
      if (gate(under(row.agreementVersion), at).open) return 'shut'
      if (consentOf(row).state !== 'granted') return 'shut'
      keep({ ...row, contentState: 'released' })
      return 'moved'
    },

    withdraw: (which: number, side: Side) => {
      const row = pick(which)
      if (!row) return 'none'
      const consent = consentOf(row)
      const command = { requestedBy: 'self', method: 'in-person', at } as const
      const by = row[side]
      const fact = withdrawConsent(command, consent, familyOf(row), { by, now: at })
      if (fact === 'already') return 'already'
      if ('refused' in fact) return fact.refused
      ledgers.set(row.consentId, [...(ledgers.get(row.consentId) ?? []), ...fact.ledger])
      for (const { referral, closing } of fact.ends) {
        keep({
          ...referral,
          contentState: 'shredded',
          openGuards: [],
          ...(closing && {
            status: closing.status,
            history: [...referral.history, closing],
            version: referral.version + 1,
          }),
        })
        for (const to of ['referrer', 'recipient'] as const)
          if (referral[to] !== by) tell(referral, to, closing ? 2 : 1)
          else if (to === 'recipient') tell(referral, to)
      }
      return 'moved'
    },

    notice: (by: InstitutionCode, command: NoticeCommand) => {
      const digest = statementOf(command) as never
      const n = standing.notices.length
      const giving = {
        by,
        now: at,
        digest,
        noticeId: idOf(n, 'd0') as never,
        known: [igm, ala, oim],
      }
      const notice = giveNotice(command, standing, giving)
      if ('refused' in notice) return notice.refused
      standing = withNotice(standing, notice)
      return 'moved'
    },

    jump: (ms: number) => {
      at = after(at, ms)
      return 'moved'
    },

    /** The clock comes by: all that is due of every referral, and what one wakes. */
    look: () => {
      for (let woken = true; woken;) {
        woken = false
        for (const referralId of Array.from(referrals.keys())) {
          const row = referrals.get(referralId) as Kept
          const family = familyOf(row)
          const handovers = row.partOf ? [] : family.filter(one => one.partOf)
          const given: Clocked = {
            referral: row,
            handovers,
            consent: consentOf(row),
            agreement: under(row.agreementVersion),
          }
          const { done, after: then } = walkRules(given, at)
          if (done.length === 0) continue
          woken = true
          for (const one of done) {
            for (const { to } of one.tells) tell(row, to)
            one.handovers.forEach(({ tells }, i) => {
              for (const { to } of tells) tell(handovers[i] as Kept, to)
            })
            if (!one.expires) continue
            const ledger = ledgers.get(row.consentId) ?? []
            const { consentId } = row
            const n = ledger.length + 1
            ledgers.set(consentId, [...ledger, { event: 'expired', consentId, n, at, by: 'hub' }])
          }
          for (const one of sharing(then)) keep(one as Kept)
        }
      }
      return 'moved'
    },
  }
}
export type Walk = ReturnType<typeof walkFrom>
