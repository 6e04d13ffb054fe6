// Scene 6: what does not work. Each attempt names the refusal it must meet.
import { HubError } from '../../client/refusal.ts'
import { randomToken } from '../../signatures/keys.ts'
import { signerOf, signRequest } from '../../signatures/sign.ts'
import type { ReferralHeader, Submission } from '../../schemas/referral.ts'
import type { DemoHub } from './hub.ts'
import { withoutTrainingConsent } from './people.ts'
import type { Stage } from './stage.ts'
import type { StoryKey } from './story.ts'

export async function refuseThem(
  hub: DemoHub,
  people: readonly Submission[],
  headers: readonly ReferralHeader[],
  stage: Stage,
) {
  stage.scene('refuse.title')
  stage.tell('refuse.story')
  stage.line()
  const [person] = people
  const [header] = headers
  if (!person || !header) throw new Error('the demo has nobody to refer')
  const stranger = hub.as('stranger')
  const attempt = async (key: StoryKey, code: string, made: () => Promise<unknown>) => {
    const met = await refusalOf(made)
    stage.check(met === code, key, { code: met })
  }
  await attempt('refuse.read', 'forbidden', () => stranger.getReferral(header.referralId))
  const { body } = await stranger.pull()
  stage.check(body.messages.length === 0, 'refuse.pull')
  await attempt('refuse.forged', 'digest-mismatch', () => forged(hub, person))
  await attempt('refuse.replayed', 'nonce-reused', () => replayed(hub))
  await attempt('refuse.no-consent', 'consent-missing-purpose', () =>
    hub.as('igm-system').submitReferral(withoutTrainingConsent(person) as object),
  )
  await attempt('refuse.twice', 'duplicate-active-referral', () =>
    hub.as('igm-system').submitReferral({
      ...person,
      externalId: `${person.externalId}-C`,
      salt: randomToken(16),
    }),
  )
}

/** The code of the refusal met, or the word that there was none. */
export async function refusalOf(made: () => Promise<unknown>): Promise<string> {
  try {
    await made()
    return '–'
  } catch (error) {
    if (error instanceof HubError) return error.code
    throw error
  }
}

/** A submission whose priority somebody changed on its way, after it was signed. */
async function forged(hub: DemoHub, person: Submission) {
  const body = JSON.stringify({ ...person, externalId: `${person.externalId}-A` })
  const bytes = new TextEncoder().encode(body)
  const fields = new Headers({
    'content-type': 'application/json',
    'idempotency-key': randomToken(16),
  })
  const headers = await sign(hub, 'POST', '/v1/referrals', fields, bytes)
  const altered = body.replace('"priority":"routine"', '"priority":"stat"')
  await sendRaw(`${hub.url}/v1/referrals`, { method: 'POST', headers, body: altered })
}

/** A request that somebody recorded and sends once more. */
async function replayed(hub: DemoHub) {
  const target = '/v1/referrals?direction=sent'
  const headers = await sign(hub, 'GET', target, new Headers())
  await sendRaw(`${hub.url}${target}`, { headers })
  await sendRaw(`${hub.url}${target}`, { headers })
}

async function sign(
  hub: DemoHub,
  method: string,
  target: string,
  headers: Headers,
  body?: Uint8Array<ArrayBuffer>,
) {
  const key = hub.key('igm-system')
  const url = `http://${hub.authority}${target}`
  const request = { method, url, headers, ...(body ? { body } : {}) }
  return signRequest(request, await signerOf(key), key.keyid, hub.now())
}

/** Sends past the client, which would sign anew. @throws HubError with the code of the refusal */
async function sendRaw(url: string, init: RequestInit) {
  const answer = await fetch(url, init)
  const body = (await answer.json()) as { code?: string; title?: string }
  if (!answer.ok)
    throw new HubError({
      status: answer.status,
      code: body.code ?? 'unknown',
      title: body.title ?? '',
    })
}
