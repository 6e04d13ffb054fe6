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
