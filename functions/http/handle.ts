// Handles of pulled messages: which event of which referral or agreement, SQS's receipt handle of this delivery, and a
// MAC over these and the institution that pulled. Opaque to callers: only who was given a message can settle it
// (test/journeys/handles.whole.test.ts).
import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { AgreementId, type InstitutionCode, ReferralId } from '../../schemas/ids.ts'
import type { InboxEvent } from '../../schemas/inbox.ts'

/** What it is about, sequence, receipt handle; and that it is about an agreement, where it is. */
const Named = z.tuple([
  z.string(),
  z.int().positive(),
  z.string().min(1),
  z.literal('agreement').optional(),
])
/** A delivery of an event about a referral, or about an agreement. */
export type NamedMessage = { sequence: number; receiptHandle: string } & (
  | { referralId: ReferralId; agreementId?: never }
  | { agreementId: AgreementId; referralId?: never }
)

/** Who pulled, and the hub's key for handles (32 bytes, functions/aws/kms.ts). */
export type Holder = { institution: InstitutionCode; key: Uint8Array }

/** HMAC-SHA-256 in base64url. */
const macLength = 43

/** Over the text itself and not what it decodes to: a handle has one spelling. */
const macOf = (text: string, { institution, key }: Holder): Buffer =>
  Buffer.from(
    createHmac('sha256', key)
      .update(JSON.stringify([institution, text]))
      .digest('base64url'),
  )

/** @param receiptHandle SQS's, at most 1,024 characters: the handle has at most 1,533 */
export const writeHandle = (event: InboxEvent, receiptHandle: string, holder: Holder): string => {
  const text = Buffer.from(
    JSON.stringify([
      event.subject,
      Number(event.sequence),
      receiptHandle,
      ...(event.type === 'agreement.ending.v1' ? ['agreement'] : []),
    ]),
  ).toString('base64url')
  return `${text}${macOf(text, holder).toString()}`
}

/** What a handle names, or undefined for one that the hub did not give to this institution. */
export const readHandle = (handle: string, holder: Holder): NamedMessage | undefined => {
  const text = handle.slice(0, -macLength)
  const mac = Buffer.from(handle.slice(-macLength))
  if (mac.length !== macLength || !timingSafeEqual(mac, macOf(text, holder))) return undefined
  const [subject, sequence, receiptHandle, about] = Named.parse(
    JSON.parse(Buffer.from(text, 'base64url').toString()),
  )
  const delivery = { sequence, receiptHandle }
  return about === 'agreement'
    ? { agreementId: AgreementId.parse(subject), ...delivery }
    : { referralId: ReferralId.parse(subject), ...delivery }
}
