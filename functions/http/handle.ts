// Handles of pulled messages: which event of which referral, and SQS's receipt for this delivery. Opaque to callers, and no secret:
// a handle says nothing that its holder was not told, and settling checks it against the referral and the caller.
import * as z from 'zod'
import { ReferralId } from '../../schemas/ids.ts'
import type { InboxEvent } from '../../schemas/inbox.ts'

const Named = z.tuple([ReferralId, z.int().positive(), z.string().min(1)])
export type NamedMessage = { referralId: ReferralId; sequence: number; receipt: string }

export const writeHandle = (event: InboxEvent, receipt: string): string =>
  Buffer.from(JSON.stringify([event.subject, Number(event.sequence), receipt])).toString(
    'base64url',
  )

/** What a handle names, or undefined for one that the hub did not give out. */
export const readHandle = (handle: string): NamedMessage | undefined => {
  try {
    const [referralId, sequence, receipt] = Named.parse(
      JSON.parse(Buffer.from(handle, 'base64url').toString()),
    )
    return { referralId, sequence, receipt }
  } catch {
    return undefined
  }
}
