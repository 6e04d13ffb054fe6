// POST /v1/referrals/{referralId}/release: the recipient opens a referral's content, the first time or again, for one
// purpose of its consent.
import { mayReleaseFor } from '../../events/consent.ts'
import { contentOf } from '../../events/handover.ts'
import { referralHeader } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { closing } from '../aws/deadline.ts'
import { Moved } from '../aws/dynamodb.ts'
import { type Disclosure, disclose } from '../effects/disclose.ts'
import {
  type Gate,
  judge,
  judgedBy,
  recording,
  releasing,
  takeBack,
  unfinished,
  whileOpen,
} from '../effects/release.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [...everySignedDoor, ...releasing, 'envelopes:read'] as const

/** Entries that are placed with a release if they wait before it. */
const mostWaiting = 40

export const releaseReferral: Door<'referral.release', typeof needs> = async (request, deps) => {
  const { params, body, caller, about, now, known, commit } = request
  const referral = await deps.referrals.find(params.referralId, known)
  about.agreementId = referral && seenUnder(referral)
  about.consentId = referral?.consentId
  about.purpose = body.purpose
  if (referral?.recipient !== caller.institution) throw new Refused('forbidden')

  const sealed = contentOf(referral)
  const gate: Gate = (consent, held, at) =>
    mayReleaseFor(body.purpose, consent, { referral, categories: held, now: at })
  // What its entry follows was read with the referral: what waits need not be read after the rest.
  const { known: rows, sight: see } = await deps.cover.look(
    [deps.envelopes.at(sealed.referralId), ...judgedBy(referral, deps)],
    mostWaiting,
  )
  const envelope = await deps.envelopes.find({ ...sealed, envelope: referral.envelope }, rows)
  // Destroyed since the row was read.
  if (!envelope && referral.contentState !== 'shredded') throw new Moved()
  const agreement = await deps.directory.findAgreement(referral.agreementId, rows)
  const verdict = await judge({ referral, agreement, envelope: envelope ?? {}, gate }, deps, rows)
  if (verdict.refusal !== undefined) {
    const change = unfinished(verdict)
    const writes = [deps.referrals.change(referral, change, now)]
    if (change.due) await commit({ occurrences: [], writes })
    throw new Refused(verdict.refusal)
  }
  const opened = async (): Promise<Disclosure | undefined> => {
    const wrapped = await deps.referralKeys.find(sealed.referralId, rows)
    if (!wrapped) return undefined
    const ready = recording({ verdict, purpose: body.purpose, change: {}, wrapped }, deps)
    const { occurrence } = ready
    const writes = [...ready.writes, ...whileOpen([referral.agreementId], deps)]
    const sight = await see(mostWaiting)
    const [entryId] = await commit({ occurrences: [occurrence], writes, sight })
    if (!entryId) throw new Error('a release without its entry')
    const release = ready.recorded(entryId)
    try {
      const [disclosed] = await disclose([release], sight, deps)
      if (disclosed?.status !== 'fulfilled') throw disclosed?.reason
      return disclosed.value
    } catch (error) {
      await closing(() => takeBack(release, error, { ...deps, commit }))
      throw error
    }
  }
  const content = await opened()
  if (!content) {
    // It was permitted a moment ago: say what came between, by the referral as it is now.
    const moved = (await deps.referrals.find(params.referralId)) ?? referral
    const by = await deps.directory.findAgreement(moved.agreementId)
    const { refusal } = await judge({ ...verdict, referral: moved, agreement: by }, deps)
    throw new Refused(refusal ?? 'content-shredded')
  }
  const header = { ...referral, contentState: 'released' as const }
  return { body: { referral: referralHeader(header, caller.institution, now), ...content } }
}

export const handler = route('referral.release', releaseReferral, {
  deps: bind(needs),
  ahead: ({ params }, { referrals }) => [referrals.at(params.referralId)],
})
