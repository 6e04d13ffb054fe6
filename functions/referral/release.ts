// POST /v1/referrals/{referralId}/release: the recipient opens a referral's content, the first time or again, for one
// purpose of its consent.
import { mayRelease } from '../../events/consent.ts'
import { referralHeader } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { bind, everySignedDoor, type Given } from '../aws/bind.ts'
import { closing } from '../aws/deadline.ts'
import { Moved } from '../aws/dynamodb.ts'
import {
  type Gate,
  type Recorded,
  disclose,
  judge,
  record,
  releasing,
  takeBack,
  unfinished,
} from '../effects/release.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [...everySignedDoor, ...releasing, 'envelopes:read'] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'referral.release'>['params'], Deps> = (
  { params: { referralId } },
  { referrals, envelopes },
) => [referrals.at(referralId), envelopes.at(referralId)]

export const releaseReferral = async (
  request: RequestOf<'referral.release'>,
  deps: Deps,
): Promise<Answer> => {
  const { params, body, caller, about, now, known, commit } = request
  const referral = await deps.referrals.find(params.referralId, known)
  about.agreementId = referral?.agreementId
  about.consentId = referral?.consentId
  about.purpose = body.purpose
  if (referral?.recipient !== caller.institution) throw new Refused('forbidden')

  const gate: Gate = (consent, held, at) =>
    mayRelease(consent, caller.institution, body.purpose, held, at)
  const envelope = await deps.envelopes.find(referral, known)
  // Destroyed since the row was read.
  if (!envelope && referral.contentState !== 'shredded') throw new Moved()
  const verdict = await judge({ referral, envelope: envelope ?? {}, gate }, deps)
  if (verdict.refusal !== undefined) {
    const change = unfinished(verdict)
    const writes = [deps.referrals.change(referral, change, now)]
    if (change.due) await commit({ occurrences: [], writes })
    throw new Refused(verdict.refusal)
  }
  const since = await deps.accessLog.signedSize()
  const release = await record({ verdict, purpose: body.purpose, change: {} }, request, deps)
  const content =
    release &&
    (await coverAndDisclose(release, since, deps).catch(async (error: unknown) => {
      await closing(() => takeBack(release, error, { ...deps, commit }))
      throw error
    }))
  if (!content) {
    // It was permitted a moment ago: say what came between, by the referral as it is now.
    const moved = (await deps.referrals.find(params.referralId)) ?? referral
    const { refusal } = await judge({ ...verdict, referral: moved }, deps)
    throw new Refused(refusal ?? 'content-shredded')
  }
  const opened = { ...referral, contentState: 'released' as const }
  return { body: { referral: referralHeader(opened, caller.institution, now), ...content } }
}

const coverAndDisclose = async (release: Recorded, since: number, deps: Deps) => {
  const [receipt] = await deps.cover.cover([release.recorded], since)
  if (!receipt) return undefined
  const [disclosed] = await disclose([{ release, receipt }], deps)
  if (disclosed?.status !== 'fulfilled') throw disclosed?.reason
  return disclosed.value
}

export const handler = route('referral.release', releaseReferral, bind(needs), ahead)
