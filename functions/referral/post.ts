// POST /v1/referrals: a referrer hands a person over to another institution.
import { randomBytes } from 'node:crypto'
import { cloudEvent } from '../../events/catalogue.ts'
import { folio } from '../../events/folio.ts'
import { documentNames } from '../../events/person.ts'
import { submitReferral } from '../../events/referral.ts'
import { etagOf, referralHeader } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import type { Document } from '../../schemas/documents.ts'
import type { AgreementId, ConsentId, MessageId, ReferralId } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import { type Consents, consents } from '../aws/consents.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import {
  type EnvelopeSealer,
  type GuardMac,
  envelopeSealer,
  guardMac,
  kmsClient,
} from '../aws/kms.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { type ReferralKeys, referralKeys } from '../aws/referral-keys.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { env, newId } from '../aws/runtime.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { categoriesOf, envelopeDigest, seal } from '../crypto/envelope.ts'
import { externalIdKey, externalIdName, sealExternalId } from '../crypto/external-id.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & {
  consents: Consents
  inbox: Inbox
  outbox: Outbox
  referrals: Referrals
  referralKeys: ReferralKeys
  sealer: EnvelopeSealer
  guard: GuardMac
}

export const postReferral = async (
  { body, caller, about, now, commit }: RequestOf<'referral.submit'>,
  deps: Deps,
): Promise<Answer> => {
  const agreement = await deps.directory.findAgreement(body.agreementId)
  about.agreementId = agreement?.agreementId
  if (!agreement?.parties.includes(caller.institution)) throw new Refused('forbidden')
  const referrer = caller.institution
  const fact = accepted(submitReferral(body, { agreement, referrer, now }))

  const { agreementId, recipient, priority, services, externalId, payload, consent } = body
  const referralId = newId<ReferralId>()
  const consentId = newId<ConsentId>()
  const binding = { referralId, agreementId, recipient }
  const [{ key, wrapped }, senderKey, openGuards] = await Promise.all([
    deps.sealer.generate(binding),
    deps.guard.senderKey(referrer),
    personGuards(agreementId, payload.identity.documents, deps.guard),
  ])
  const envelope = await seal(payload, key, binding)
  key.fill(0)
  const digest = envelopeDigest(envelope)

  const facts = {
    referralId,
    folio: folio(randomBytes(5)),
    agreementId,
    referrer,
    recipient,
    priority,
    services,
    consentId,
    ...fact,
    status: 'requested' as const,
    deliveryState: 'queued' as const,
    contentState: 'sealed' as const,
    version: 1,
    milestones: [],
  }
  const row = {
    ...facts,
    envelope,
    envelopeDigest: digest,
    openGuards,
    externalIdSealed: await sealExternalId(
      externalId,
      externalIdKey(senderKey, wrapped),
      referralId,
    ),
    sentToReferrer: 0,
    sentToRecipient: 1,
    ackedByReferrer: [],
    ackedByRecipient: [],
    recentReleases: [],
    due: 'due' as const,
    dueAt: consent.validUntil,
  }
  const message: QueueMessage = {
    inbox: recipient,
    event: cloudEvent('referral.requested.v1', referralHeader(facts, recipient, now), {
      id: newId<MessageId>(),
      subject: referralId,
      time: now,
      sequence: 1,
    }),
    envelope,
  }
  const answer = await commit(
    [
      {
        action: 'referral.submit',
        outcome: 'allowed',
        referralId,
        consentId,
        agreementId,
        categories: categoriesOf(envelope),
        envelopeDigest: digest,
      },
    ],
    [
      deps.referrals.guard(
        `external-id#${referrer}#${externalIdName(externalId, senderKey)}`,
        referralId,
        'external-id-exists',
      ),
      ...openGuards.map(name =>
        deps.referrals.guard(name, referralId, 'duplicate-active-referral'),
      ),
      deps.referrals.guard(`folio#${facts.folio}`, referralId, 'moved'),
      deps.referrals.add(row, now),
      deps.consents.append({
        event: 'granted',
        consentId,
        n: 1,
        at: now,
        by: referrer,
        referralId,
        agreementId,
        terms: consent,
      }),
      deps.referralKeys.add(referralId, wrapped),
      deps.outbox.add(message),
    ],
    {
      headers: { location: `/v1/referrals/${referralId}`, etag: etagOf(facts) },
      body: referralHeader(facts, referrer, now, externalId),
    },
  )
  await relayNow([message], deps)
  return answer
}

/** Names that a person's documents hold while a referral is open: keyed hashes, so that they cannot be guessed at. */
const personGuards = async (agreementId: AgreementId, documents: Document[], guard: GuardMac) => {
  const macs = await Promise.all(documentNames(agreementId, documents).map(guard.mac))
  const names = macs.map(mac => `person#${agreementId}#${Buffer.from(mac).toString('base64url')}`)
  return [...new Set(names)]
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  const kms = kmsClient()
  return {
    ...stackDeps(dynamodb),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    sealer: envelopeSealer({ kms, keyId: env('KEY_ENVELOPE') }),
    guard: guardMac({ kms, keyId: env('KEY_GUARD') }),
  }
}

export const handler = route('referral.submit', postReferral, bind())
