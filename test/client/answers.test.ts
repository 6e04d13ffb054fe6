// What each route answers with is what the client takes from it: JSON, text or octets, as the contract says. Whatever
// else comes is no answer of the hub.
import { describe, expect, test } from 'vitest'
import { HubUnreachable, NotAnAnswer, isUnanswered } from '../../client/refusal.ts'
import { answersOf } from '../../client/request.ts'
import { routes } from '../../schemas/routes.ts'
import { type Answer, answering, ok, problem, refusal } from './answering.ts'

const answers = Object.entries(routes).map(([name, { path, answer }]) => [
  name,
  path.replaceAll(/\{[^}]+\}/g, '0'),
  'mediaType' in answer ? answer.mediaType : 'application/json',
])

test.each(answers)('%s: %s answers %s, and nothing else is taken', (_, path = '', type = '') => {
  const types = ['application/json', 'text/plain', 'application/octet-stream', 'text/html']
  expect(types.filter(one => answersOf(path, '*/*').test(one))).toEqual([type])
})

test('a certificate comes as a page to whoever asks for one', () => {
  expect(answersOf('/v1/consents/0/certificate', 'text/html').test('text/html')).toBe(true)
})

const page503 = {
  status: 503,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Service Unavailable"}',
}

test.each<[string, Answer, boolean]>([
  ['a broken line', 'hang up', true],
  ['503 of a gateway', page503, true],
  ['502 of a gateway', { status: 502 }, true],
  ['504 of a gateway', { status: 504 }, true],
  ['500 of a gateway', { status: 500 }, false],
  ['429 of a gateway', { status: 429 }, false],
  ['503 of the hub', problem(503, 'unavailable'), false],
  ['a page with 200', { status: 200, body: '<p>', headers: { 'content-type': 'text/html' } }, true],
])('%s: whether it is no answer of the hub', async (_, answer, isSo) => {
  const { client } = await answering(answer)
  expect(isUnanswered(await refusal(client.pull()))).toBe(isSo)
})

describe('a success without what its route answers', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' }
  test.each<[string, Answer]>([
    ['a page', { status: 200, headers: html, body: '<h1>Wi-Fi</h1>' }],
    ['text', { status: 200, headers: { 'content-type': 'text/plain' }, body: '{"items":[]}' }],
    ['nothing', { status: 200 }],
    ['half of its JSON', { ...ok, body: '{"items":[' }],
  ])('is no answer: %s', async (_, answer) => {
    const { client, seen } = await answering(answer)
    const error = await refusal(client.release('r1', 'training-referral'))
    expect(error).toBeInstanceOf(HubUnreachable)
    expect(error.cause).toBeInstanceOf(NotAnAnswer)
    expect(seen).toHaveLength(1)
  })

  test('is asked again where that does no harm', async () => {
    const { client, seen } = await answering({ status: 200, headers: html, body: '<p>' }, ok)
    expect((await client.listReferrals({ direction: 'sent' })).body).toEqual({ items: [] })
    expect(seen).toHaveLength(2)
  })

  test('says in its cause what came', async () => {
    const { client } = await answering({ status: 200, headers: html, body: '<p>' })
    const { cause } = await refusal(client.pull())
    expect(cause.message).toBe('200 with text/html; charset=utf-8: not what is answered here')
  })
})
