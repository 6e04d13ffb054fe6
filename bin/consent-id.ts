// Which consent a command is about: named by its own id, or by its referral's.
import { HubError } from '../client/refusal.ts'
import type { HubClient } from '../client/hub-client.ts'
import { isFolioReference, referralIdOf } from './reference.ts'
import { UsageError } from './usage.ts'

export type ConsentChoice = { consentId: string } | { referral: string }

/**
 * @param consent as `consentReference` has read it
 * @param referral as `reference` has read it
 * @throws UsageError for none and for both
 */
export function choiceOf(consent: string | undefined, referral: string | undefined): ConsentChoice {
  if (consent !== undefined && referral === undefined)
    return isFolioReference(consent) ? { referral: consent } : { consentId: consent }
  if (consent === undefined && referral !== undefined) return { referral }
  throw new UsageError('usage.consent-or-referral')
}

/**
 * Does something with a consent's id. The ids of consents and referrals look alike, so where the hub knows no such
 * consent it is asked whether that is a referral, which is said then.
 * @throws UsageError for a referral's id given as a consent's · whatever `use` throws
 */
export async function withConsent<Result>(
  client: HubClient,
  choice: ConsentChoice,
  use: (consentId: string) => Promise<Result>,
): Promise<Result> {
  if ('referral' in choice) {
    const id = await referralIdOf(client, choice.referral)
    return use((await client.getReferral(id)).body.consentId)
  }
  try {
    return await use(choice.consentId)
  } catch (error) {
    const unknown = error instanceof HubError && error.code === 'forbidden'
    if (unknown && (await isReferral(client, choice.consentId)))
      throw new UsageError('usage.is-a-referral')
    throw error
  }
}

async function isReferral(client: HubClient, id: string): Promise<boolean> {
  try {
    await client.getReferral(id)
    return true
  } catch (error) {
    if (error instanceof HubError) return false
    throw error
  }
}
