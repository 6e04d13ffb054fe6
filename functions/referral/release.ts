// POST /v1/referrals/{referralId}/release: the recipient opens a referral's content, the first time or again, for one purpose of its consent.
import { mayRelease } from '../../events/consent.ts'
import { referralHeader } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { boundCover } from '../aws/access-log/bound.ts'
import { consents } from '../aws/consents.ts'
import { closing } from '../aws/deadline.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { envelopeOpener, kmsClient } from '../aws/kms.ts'
import { referralKeys } from '../aws/referral-keys.ts'
import { referrals } from '../aws/referrals.ts'
import {
  type Gate,
  type Recorded,
  type ReleaseDeps,
  disclose,
  judge,
  record,
  takeBack,
  unfinished,
} from '../effects/release.ts'
import { env } from '../aws/runtime.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { categoriesOf } from '../crypto/envelope.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & ReleaseDeps

export const releaseReferral = async (
  request: RequestOf<'referral.release'>,
  deps: Deps,
): Promise<Answer> => {
  const { params, body, caller, about, now } = request
  const referral = await deps.referrals.find(params.referralId)
  about.agreementId = referral?.agreementId
  about.consentId = referral?.consentId
  about.purpose = body.purpose
  if (referral?.recipient !== caller.institution) throw new Refused('forbidden')

  const gate: Gate = (consent, held, at) =>
    mayRelease(consent, caller.institution, body.purpose, held, at)
  const { envelope } = referral
  const verdict = await judge(referral, categoriesOf(envelope), gate, deps)
  if (verdict.refusal !== undefined) {
    const change = unfinished(referral, verdict)
    if (change.due)
      await request.commit([], [deps.referrals.change(referral, change, now)], { body: {} })
    throw new Refused(verdict.refusal)
  }
  const since = await deps.accessLog.signedSize()
  const release = await record(referral, envelope, verdict, gate, body.purpose, {}, request, deps)
  const content =
    release &&
    (await coverAndDisclose(release, since, deps).catch(async (error: unknown) => {
      await closing(() => takeBack(release, error, request, deps))
      throw error
    }))
  if (!content) {
    // It was permitted a moment ago: say what came between, by the referral as it is now.
    const moved = (await deps.referrals.find(params.referralId)) ?? referral
    const { refusal } = await judge(moved, verdict.held, gate, deps)
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

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  const kms = kmsClient()
  const stack = stackDeps(dynamodb)
  return {
    ...stack,
    cover: boundCover(dynamodb, kms, stack.accessLog),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    opener: envelopeOpener({ kms, keyId: env('KEY_ENVELOPE') }),
  }
}

export const handler = route('referral.release', releaseReferral, bind())
