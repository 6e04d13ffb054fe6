// The contract as the running hub serves it: under its own name, and true of what the hub answers.
import { expect, test } from 'vitest'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import { callerOf, hubFileOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'

const hub = await sharedHub()
const igm = await callerOf(hub, 'igm-system')
const { referralId } = (await igm.submitReferral(submissionOf(1))).body
const { body: contract } = await igm.openapi()

test('the contract names the hub that serves it, by the authority that callers sign', () => {
  expect(contract).toMatchObject({ servers: [{ url: hub.url }] })
  expect(hub.url).toBe(`http://${hubFileOf(hub).authority}`)
})

test('a caller cannot make it name another server', async () => {
  const headers = { 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'other.example' }
  const answer = await fetch(`${hub.url}/v1/openapi.json`, { headers })
  expect(await answer.json()).toEqual(contract)
})

test('texts and octets come with the media type that the contract gives them', async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const texts = (Object.entries(routes) as [RouteName, RouteSpec][]).filter(
    ([, { answer }]) => answer.mediaType !== undefined,
  )
  expect(texts).toHaveLength(6)
  const tile: Record<string, string> = { tile: '0/000.p/1', bundle: '000.p/1' }
  for (const [name, { path, answer }] of texts) {
    const target = path
      .replace('{referralId}', referralId)
      .replace('{index}', '0')
      .replace(/\{(tile|bundle)\+\}/, (_, member: string) => tile[member] ?? '')
    const who = name === 'referral.receipt' ? 'igm-system' : 'igm-compliance'
    const { status, headers } = await raw(hub, who, { path: target })
    expect([name, status, headers.get('content-type')?.split(';')[0]]).toEqual([
      name,
      200,
      answer.mediaType,
    ])
  }
})
