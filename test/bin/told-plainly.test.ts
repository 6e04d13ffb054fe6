// What the command line tells people has no code where there are words for it: how a withdrawal was asked for, and that
// something else than the hub has answered.
import { expect, test } from 'vitest'
import { failureOf } from '../../bin/failure.ts'
import { HubError } from '../../client/refusal.ts'
import { speaker } from '../../texts/hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub as run, within } from './cli.ts'
import { standIn } from './stand-in.ts'

const folder = temporaryFolder('told-plainly')
within(() => folder)
const id = '019a0000-0000-7000-8000-000000000000'
const at = '2026-11-21T12:00:00.000Z'

const consent = (method: string) => ({
  consentId: id,
  referralId: id,
  agreementId: 'igm-ala-2026',
  state: 'withdrawn',
  deletion: 'requested',
  purposes: [{ purpose: 'training-referral', recipient: 'ALA', dataCategories: ['identity'] }],
  validUntil: at,
  events: [{ event: 'withdrawn', at, by: 'IGM', requestedBy: 'self', method, statedAt: at }],
})

test.each([
  ['phone', 'es', 'por teléfono'],
  ['phone', 'en', 'by telephone'],
  ['in-person', 'es', 'en persona'],
  ['written', 'es', 'por escrito'],
  ['by-pigeon', 'es', 'by-pigeon'],
  ['constructor', 'es', 'constructor'],
])('a withdrawal by %s, in %s: %s', async (method, language, words) => {
  const { close } = await standIn(folder, () => ({ status: 200, body: consent(method) }))
  try {
    const { out } = await run(['consent', id, '--hub', folder, '--lang', language])
    expect(out.replaceAll(/\s+/g, ' ')).toContain(words)
  } finally {
    close()
  }
})

test.each([
  [503, /espere un minuto/i, /wait a minute/i],
  [502, /espere un minuto/i, /wait a minute/i],
  [418, /no el intercambio/, /not the hub/],
])('an answer of %i that is not the hub’s is told in words', (status, spanish, english) => {
  const refusal = new HubError({ status, code: 'unknown', title: `HTTP ${status}` })
  const told = (['es', 'en'] as const).map(language => failureOf(refusal, speaker(language)))
  for (const [place, words] of [spanish, english].entries()) {
    expect(told[place]?.notes.join()).toMatch(words)
    expect(JSON.stringify(told[place])).not.toContain('HTTP')
    expect(told[place]?.record).toMatchObject({ exit: 1, code: 'unknown', status })
  }
})
