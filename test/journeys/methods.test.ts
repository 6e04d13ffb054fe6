// Methods that a path does not have, and HEAD where GET is open: for every path of the contract.
import { describe, expect, test } from 'vitest'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { raw, signed } from './signed-requests.ts'
import { sharedHub } from './shared-hub.ts'

const hub = await sharedHub()
const specs = Object.values<RouteSpec>(routes)
const example = (path: string) =>
  path.replaceAll(/\{[^}]+\}/g, '019aa5d4-7c00-7abc-8def-0123456789ab')
const ask = (method: string, path: string, headers = {}) =>
  fetch(`${hub.url}${example(path)}`, { method, headers })

/** Each path with the methods that it has, written from the routes: open ones have HEAD beside GET. */
const paths = Map.groupBy(
  specs.flatMap(({ method, path, roles }) =>
    (roles.length === 0 ? ['GET', 'HEAD'] : [method]).map(one => ({ path, method: one })),
  ),
  ({ path }) => path,
)

describe('another method on a path of the contract is 405, and Allow says which there are:', () => {
  test.each(
    [...paths].map(([path, all]) => [path, all.map(({ method }) => method).toSorted()] as const),
  )('%s has %j', async (path, methods) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await ask(method, path)
      const [allow, text] = [answer.headers.get('allow'), await answer.text()]
      if (methods.includes(method)) expect([method, allow]).toEqual([method, null])
      else {
        expect([method, answer.status, allow]).toEqual([method, 405, methods.join(', ')])
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
        const id = answer.headers.get('x-request-id')
        if (method === 'HEAD') expect(text).toBe('')
        else
          expect(JSON.parse(text)).toEqual({
            type: 'https://referral-hub.example/problems/method-not-allowed',
            title: 'Esta ruta no admite ese método; el encabezado Allow dice cuáles',
            status: 405,
            code: 'method-not-allowed',
            instance: id,
          })
        expect(id).toMatch(/^[0-9a-f-]{36}$/)
      }
    }
  })
})

test('a signature does not make a method that there is not', async () => {
  const put = await raw(hub, 'igm-system', { method: 'PUT', path: '/v1/referrals' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST'])
  const { url, headers } = signed(hub, 'igm-system', { method: 'HEAD', path: '/v1/referrals' })
  const head = await fetch(url, { method: 'HEAD', headers })
  expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('a path that is none is 404 whatever the method', async () => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'])
    for (const path of ['/v1', '/v1/referral', '/v1/referrals/', '/v1/health/x'])
      expect([method, path, (await ask(method, path)).status]).toEqual([method, path, 404])
})

/** Of the answer, not of the connection. */
const names = ({ headers }: Response) =>
  [...headers.keys()].filter(
    name => !['content-length', 'transfer-encoding', 'connection', 'keep-alive'].includes(name),
  )

test('HEAD is answered as GET without a body wherever GET is open', async () => {
  for (const path of ['/v1/health', '/v1/openapi.json']) {
    const [get, head] = [await ask('GET', path), await ask('HEAD', path)]
    expect([path, head.status, get.status]).toEqual([path, 200, 200])
    expect(await head.text()).toBe('')
    expect((await get.text()).length).toBeGreaterThan(0)
    expect(names(head)).toEqual(names(get))
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  }
})
