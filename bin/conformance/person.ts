// An invented person, new each time, whom conformance submissions are about.
import { randomToken } from '../../signatures/keys.ts'

const day = 86_400_000

type Purpose = { purpose: string; recipient: string; dataCategories: string[] }

/** What a person consents to beside the training, so that they can be followed and handed over. */
export const forHandover: readonly Purpose[] = [
  { purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['identity'] },
  { purpose: 'job-placement-handover', recipient: 'OIM', dataCategories: ['identity'] },
]

/** A submission that the agreement permits on that day. `more`: purposes beside the training. */
export const submission = (now: Date, more: readonly Purpose[] = []): Record<string, unknown> => {
  const unique = randomToken(9)
    .replaceAll(/[^A-Za-z0-9]/g, '0')
    .toUpperCase()
  return {
    externalId: `CONFORMANCE-${unique}`,
    agreementId: 'igm-ala-2026',
    recipient: 'ALA',
    priority: 'routine',
    services: ['vocational-profiling'],
    salt: randomToken(16),
    consent: {
      notice: {
        id: 'consent-notice',
        version: '2026-01',
        language: 'es',
        sha256: '3b7e0a0f0c8a4c5f9d1e2b6a7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f809',
      },
      grantor: { type: 'self' },
      method: 'signature',
      purposes: [
        {
          purpose: 'training-referral',
          recipient: 'ALA',
          dataCategories: ['identity', 'migrationStatus', 'trainingProfile'],
        },
        ...more,
      ],
      grantedAt: new Date(now.getTime() - day).toISOString(),
      // Short, so that it does not outlive an agreement in its last months.
      validUntil: new Date(now.getTime() + 7 * day).toISOString(),
      evidenceSha256: '0'.repeat(63) + '1',
    },
    payload: {
      identity: {
        givenNames: ['Conformidad'],
        familyNames: ['Prueba'],
        birthDate: '1994-05-14',
        nationalities: ['SLV'],
        documents: [
          // With a digit that is not 0, whatever the rest is: without one it would be no number.
          { type: 'provisional-stay', number: `PRUEBA-1${unique}`, issuingCountry: 'GTM' },
        ],
        languages: ['es'],
      },
      migrationStatus: { status: 'refugee-applicant' },
      trainingProfile: { interestDeclared: true, interests: ['bakery'] },
    },
  }
}
