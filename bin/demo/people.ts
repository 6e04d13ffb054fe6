// The invented people of the demo.
import { submission } from '../conformance/person.ts'

/** What of one of them must never be found lying in clear. */
export const secrets = ['Dariela', 'Fátima', '55550123', 'PRUEBA-1']

/** Two who are referred together. Neither consents to La Alianza reading how to reach them. */
export const twoPeople = (now: Date): Record<string, unknown>[] =>
  ['Dariela', 'Fátima'].map((name, index) => {
    const { payload, ...rest } = submission(now)
    const { identity, ...more } = payload as { identity: object }
    const contact = { phone: '+50255550123', safeToCall: false }
    return {
      ...rest,
      externalId: `DEMO-${index + 1}`,
      payload: { ...more, identity: { ...identity, givenNames: [name] }, contact },
    }
  })

const day = 86_400_000

const line = (purpose: string, recipient: string) => ({
  purpose,
  recipient,
  dataCategories: ['identity', 'migrationStatus', 'trainingProfile'],
})

/**
 * So many people of a month, who consent to be handed over to OIM for a placement too, and to their milestones being
 * told to IGM.
 * @param first the number of the first of them
 */
export const peopleOfAMonth = (
  now: Date,
  { first, count }: { first: number; count: number },
): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => {
    const { consent, ...rest } = submission(now)
    const purposes = [
      line('training-referral', 'ALA'),
      line('job-placement-handover', 'OIM'),
      line('status-feedback', 'IGM'),
    ]
    const validUntil = new Date(now.getTime() + 100 * day).toISOString()
    return {
      ...rest,
      externalId: `DEMO-${first + index}`,
      consent: { ...(consent as object), purposes, validUntil },
    }
  })
