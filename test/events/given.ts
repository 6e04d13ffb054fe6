// What the rules are given in these tests: the real agreement, a clock and the ids of one referral.
import { readFileSync } from 'node:fs'
import { Agreement } from '../../schemas/agreement.ts'
import { AgreementId, ConsentId, InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'

const file = new URL('../../infra/agreements/igm-ala-2026.json', import.meta.url)

export const agreement = Agreement.parse(JSON.parse(readFileSync(file, 'utf8')))
export const now = Instant.parse('2026-11-21T12:00:00.000Z')
export const igm = InstitutionCode.parse('IGM')
export const ala = InstitutionCode.parse('ALA')
export const oim = InstitutionCode.parse('OIM')
export const stranger = InstitutionCode.parse('XXX')
export const agreementId = AgreementId.parse('igm-ala-2026')
export const referralId = ReferralId.parse('019aa5d4-7c00-7abc-8def-0123456789ab')
export const consentId = ConsentId.parse('019aa5d4-7c00-7abc-8def-0123456789ac')

/** An instant so many milliseconds from another. */
export const after = (instant: Instant, milliseconds: number): Instant =>
  Instant.parse(new Date(Date.parse(instant) + milliseconds).toISOString())
