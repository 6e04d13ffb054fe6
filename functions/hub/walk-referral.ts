// What time alone makes of one referral, committed as one; and of those that share its consent, where one waits for
// another (events/clock/walk.ts).
import { type Occurrence, hubActor } from '../../events/access-log.ts'
import { type ClockedReferral, sharing } from '../../events/clock/rule.ts'
import { type Walked, walkRules } from '../../events/clock/walk.ts'
import { isClosed } from '../../events/referral.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { isHalfWithdrawn } from '../../events/withdrawal.ts'
import type { Instant, ReferralId, RequestId } from '../../schemas/ids.ts'
import type { Given } from '../aws/bind.ts'
import { type Write, rereading } from '../aws/dynamodb.ts'
import type { Change, ReferralRow } from '../aws/referral-row.ts'
import { newId } from '../aws/runtime.ts'
import { type Committing, commit } from '../effects/commit.ts'
import { underConsent } from '../effects/party-consent.ts'
import { type Ending, keyDigest, shred, shredding } from '../effects/shred.ts'
import { telling } from './tell-endings.ts'

export const walking = [...telling, ...shredding] as const
type Deps = Given<typeof walking>

/** Rounds that referrals under one consent may take: in each something is done. */
const mostRounds = 20

/**
 * Does what is due of a referral. Where that waits for others under its consent, they are walked in turn until nothing
 * is due of any: each by itself, so that it is all the same where this function dies.
 */
export const walkReferral = async (
  referralId: ReferralId,
  now: Instant,
  deps: Deps,
): Promise<void> => {
  // A handover and the first may be walked side by side: who finds that the other was here looks again.
  const walk = (id: ReferralId) => rereading(() => step(id, now, deps))
  const { held } = await walk(referralId)
  if (!held) return
  const first = held.partOf === undefined ? held : await deps.referrals.find(held.partOf)
  if (!first) throw new Error('a handover without what it is part of')
  const ids = [first, ...(first.handovers ?? [])].map(one => one.referralId)
  for (let round = 0; round < mostRounds; round++) {
    const steps: Step[] = []
    for (const id of ids) steps.push(await walk(id))
    // One that waits though nothing moved was read before somebody else moved what it waits for.
    if (steps.every(each => !each.moved && !each.held)) return
  }
  throw new Error('referrals that wait for each other')
}

/** What one referral's walk came to. `held`: what is due next waits for others under its consent. */
type Step = { moved: boolean; held?: ReferralRow }

const step = async (referralId: ReferralId, now: Instant, deps: Deps): Promise<Step> => {
  const referral = await deps.referrals.find(referralId)
  if (!referral) return { moved: false }
  const [ledger, kept, [, ...handovers]] = await Promise.all([
    deps.consents.read(referral.consentId),
    deps.directory.findAgreement(referral.agreementId),
    underConsent(referral, deps),
  ])
  if (!ledger || !kept) throw new Error('a referral without its consent or agreement')
  const { consent } = ledger
  const agreement = await deps.directory.under(kept, referral)
  const walked = walkRules({ referral, handovers, consent, agreement }, now)
  const handedOver = await wokenBy(referral, walked, deps)
  const held = walked.waits ? { held: referral } : {}
  if (walked.done.length === 0 && walked.next === referral.dueAt && !handedOver)
    return { moved: false, ...held }
  const shreds = walked.done.some(done => done.shreds)
  const wrapped = shreds ? await deps.referralKeys.find(referralId) : undefined
  const deeds = walked.done.flatMap(done => [
    { ...done, of: referral },
    ...done.handovers.map((told, i) => ({ ...done, ...told, of: handovers[i] as ReferralRow })),
  ])
  await commit(
    {
      occurrences: deeds.map(done => occurrenceOf(done, wrapped)),
      writes: [
        ...walked.done
          .filter(({ expires }) => expires)
          .map((_, i) => {
            const [n, { consentId }] = [consent.n + 1 + i, consent]
            return deps.consents.append({ event: 'expired', consentId, n, at: now, by: 'hub' })
          }),
        ...(shreds
          ? shred(
              { of: referralId, wrapped },
              { endings: endingsOf([referral, ...handovers], walked), at: now },
              deps,
            )
          : [
              ...keptWith(referral, walked, { now, deps }),
              ...handovers
                .filter(row => deeds.some(({ of }) => of === row))
                .map(row => deps.referrals.change(row, {}, now)),
            ]),
        ...(handedOver ? [deps.referrals.change(handedOver, { due: 'due', dueAt: now }, now)] : []),
      ],
      messages: deeds.flatMap(({ tells, of }) => tells.map(news => ({ ...news, referral: of }))),
    },
    byTheClock(),
    deps,
  )
  return { moved: walked.done.length > 0, ...held }
}

/**
 * The referral that this one was handed over of, where what has become of this one decides when the content of both
 * ends: it is looked at next.
 */
const wokenBy = async (
  { partOf, contentState }: ReferralRow,
  { after: { referral, consent } }: Walked,
  deps: Deps,
): Promise<ReferralRow | undefined> => {
  if (partOf === undefined || contentState === 'shredded') return undefined
  if (!isClosed(referral.status) && !isHalfWithdrawn(referral, consent)) return undefined
  return deps.referrals.find(partOf)
}

type DeedDone = Pick<Walked['done'][number], 'action' | 'status' | 'shreds'> & { of: ReferralRow }

const occurrenceOf = (
  { action, status, shreds, of }: DeedDone,
  wrapped: Uint8Array | undefined,
): Occurrence => ({
  action,
  outcome: 'allowed',
  referralId: of.referralId,
  consentId: of.consentId,
  agreementId: seenUnder(of),
  status,
  ...(shreds && {
    envelopeDigest: of.envelopeDigest,
    ...(wrapped && { destroyedKeyDigest: keyDigest(wrapped) }),
  }),
})

/** Each row that ends with the content, as the walk left it. */
const endingsOf = (rows: readonly ReferralRow[], { after }: Walked): Ending[] =>
  sharing(after).flatMap((ended, i) => {
    const referral = rows[i]
    return referral ? [{ referral, change: changeOf(referral, ended) }] : []
  })

/** The writes where the content stays: the row, and the guards where the referral has been closed. */
const keptWith = (
  referral: ReferralRow,
  walked: Walked,
  { now, deps }: { now: Instant; deps: Deps },
): Write[] => {
  const closed = walked.done.some(({ status }) => status)
  const change: Change = {
    ...changeOf(referral, walked.after.referral),
    ...(closed ? { openGuards: [] } : {}),
    due: walked.next ? 'due' : undefined,
    dueAt: walked.next,
  }
  return [
    deps.referrals.change(referral, change, now),
    ...(closed
      ? referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId))
      : []),
  ]
}

/** What a deed may change in a row. */
const changing = ['status', 'history', 'version', 'deliveryState', 'told'] as const

/** The members of the row that are others after the walk. */
const changeOf = (before: ClockedReferral, after: ClockedReferral): Change =>
  Object.fromEntries(
    changing.filter(name => after[name] !== before[name]).map(name => [name, after[name]]),
  )

/** The hub's own doing: nobody signed it. */
export const byTheClock = (): Committing => {
  const id = newId<RequestId>()
  return { actor: hubActor, evidence: { id, method: 'SCHEDULE', path: '/run-due-work' } }
}
