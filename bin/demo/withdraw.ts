// Scene 5: two people withdraw, one before La Alianza opened anything and one after; what each side sees, and what is certified.
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { Certificate } from '../../schemas/certificate.ts'
import type { ReferralHeader, Submission } from '../../schemas/referral.ts'
import {
  capacityLabels,
  categoryLabels,
  causeLabels,
  deletionLabels,
  eventLabel,
} from '../../texts/labels.ts'
import { wallClock } from '../terminal.ts'
import type { DemoHub } from './hub.ts'
import { tracesOf } from './people.ts'
import { drain } from './refer.ts'
import { refusalOf } from './refuse.ts'
import { search } from './search.ts'
import type { Stage } from './stage.ts'

/** Tells both withdrawals. Returns the header of the referral that was withdrawn before it was opened. */
export async function withdrawThem(
  hub: DemoHub,
  people: readonly Submission[],
  headers: readonly ReferralHeader[],
  stage: Stage,
): Promise<ReferralHeader> {
  stage.scene('withdraw.title')
  stage.tell('withdraw.story')
  const [eleventh, [, second]] = [people.at(-1), headers]
  if (!eleventh || !second) throw new Error('the demo has nobody to withdraw')
  const { body: sent } = await hub.as('igm-system').submitReferral(eleventh)
  await beforeOpening(hub, sent, stage)
  await afterOpening(hub, second, stage)
  await certified(hub, people, second, stage)
  stage.line()
  stage.tell('withdraw.honest')
  return sent
}

/** The person tells IGM in person, which passes it on. */
const withdraw = (hub: DemoHub, { consentId }: ReferralHeader) =>
  hub.as('igm-system').withdrawConsent(consentId, {
    requestedBy: 'self',
    method: 'in-person',
    at: hub.now().toISOString(),
  })

async function beforeOpening(hub: DemoHub, header: ReferralHeader, stage: Stage) {
  stage.line()
  stage.tell('withdraw.before', { folio: header.folio })
  await withdraw(hub, header)
  const messages = ofReferral(await drain(hub, 'ala-system'), header)
  showMessages(messages, stage)
  const referred = messages.filter(({ event }) => event.type === 'referral.requested.v1')
  stage.check(referred.length === 1 && referred.every(isEmpty), 'withdraw.empty')
}

async function afterOpening(hub: DemoHub, header: ReferralHeader, stage: Stage) {
  const { referralId, consentId } = header
  stage.line()
  stage.tell('withdraw.after', { folio: header.folio })
  await withdraw(hub, header)
  const messages = ofReferral(await drain(hub, 'ala-system'), header)
  showMessages(messages, stage)
  const reasons = messages.flatMap(({ event }) =>
    event.type === 'referral.status-changed.v1' ? [event.data.reason ?? ''] : [],
  )
  const asked = messages.filter(({ event }) => event.type === 'consent.withdrawn.v1')
  const [reason = '–'] = reasons
  stage.check(
    reasons.length === 1 && reason === 'consent-withdrawn' && asked.length === 1,
    'withdraw.told',
    { reason },
  )
  const ala = hub.as('ala-system')
  const code = await refusalOf(() => ala.release(referralId, 'training-referral'))
  stage.check(code === 'content-shredded', 'withdraw.refused', { code })
  await ala.confirmDeletion(consentId, { at: hub.now().toISOString() })
  const told = ofReferral(await drain(hub, 'igm-system'), header)
  stage.check(
    told.length === 1 && told[0]?.event.type === 'consent.deletion-confirmed.v1',
    'withdraw.confirmed',
  )
}

async function certified(
  hub: DemoHub,
  people: readonly Submission[],
  { consentId, folio }: ReferralHeader,
  stage: Stage,
) {
  const igm = hub.as('igm-system')
  const { body } = await igm.certificate(consentId)
  const { body: page } = await igm.certificate(consentId, { html: true })
  stage.line()
  stage.tell('withdraw.certificate')
  showCertificate(body, stage)
  const [key] = body.destroyed
  const texts = [JSON.stringify(body), page]
  const files = texts.map((text, index) => ({ name: `${index}`, bytes: Buffer.from(text) }))
  const holds =
    body.cause === 'withdrawal' &&
    body.deletion === 'confirmed' &&
    key?.digest !== undefined &&
    body.logEntries.some(({ action }) => action === 'consent.withdraw') &&
    body.logEntries.every(({ index }) => index !== undefined) &&
    search(files, tracesOf(people)).length === 0
  stage.check(holds, 'withdraw.certified', { count: body.logEntries.length })
  const alone = !/<script|\b(?:src|href)=|url\(|@import/i.test(page)
  stage.check(page.includes(folio) && alone, 'withdraw.page')
}

const isEmpty = ({ payload, withheld }: PulledMessage) =>
  payload === undefined && withheld?.join() === 'all'

const ofReferral = (messages: readonly PulledMessage[], { referralId }: ReferralHeader) =>
  messages.filter(({ event }) => event.subject === referralId)

function showMessages(messages: readonly PulledMessage[], stage: Stage) {
  const { say, language } = stage
  stage.rows(
    [say('column.message'), say('column.content')],
    messages.map(({ event, withheld }) => [
      `${event.sequence} ${eventLabel(event.type, language)}`,
      withheld?.includes('all') ? `${say('open.kept')} (${categoryLabels.all[language]})` : '–',
    ]),
  )
}

function showCertificate(certificate: Certificate, stage: Stage) {
  const { say, language } = stage
  const { cause, requestedBy, destroyedAt, destroyed, deletion, remains } = certificate
  const asked = requestedBy
    ? `${capacityLabels[requestedBy.capacity][language]} · ${requestedBy.institution}`
    : '–'
  stage.rows(
    [say('column.fact'), say('column.says')],
    [
      [say('fact.cause'), causeLabels[cause][language]],
      [say('fact.asked'), asked],
      [say('fact.destroyed-at'), wallClock(destroyedAt)],
      [say('fact.key'), destroyed[0]?.digest ?? '–'],
      [say('fact.deletion'), deletionLabels[deletion][language]],
      ...remains.map(({ what }) => [say('fact.remains'), what[language]]),
    ],
  )
}
