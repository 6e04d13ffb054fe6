import { describe, expect, test } from 'vitest'
import { router } from '../../../infra/local/routes.ts'

describe('routes', () => {
  const routes = ['GET /a/{x}', 'GET /a/b', 'ANY /a/b', 'GET /{x}/b', '$default'].map(routeKey => ({
    routeKey,
    function: routeKey,
  }))
  test.each([
    ['GET', '/a/b', 'GET /a/b', {}],
    ['POST', '/a/b', 'ANY /a/b', {}],
    ['GET', '/a/c', 'GET /a/{x}', { x: 'c' }],
    ['GET', '/z/b', 'GET /{x}/b', { x: 'z' }],
    ['GET', '/a/', '$default', {}],
    ['GET', '/a/b/', '$default', {}],
    ['HEAD', '/a/c', '$default', {}],
    ['get', '/a/c', '$default', {}],
  ])('%s %s is answered by %s', (method, path, routeKey, pathParameters) => {
    expect(router(routes)(method, path)).toEqual({ routeKey, function: routeKey, pathParameters })
  })

  test.each([
    ['/t/a', 'GET /t/{rest+}', { rest: 'a' }],
    ['/t/a/b.p/3', 'GET /t/{rest+}', { rest: 'a/b.p/3' }],
    ['/t/a/', 'GET /t/{rest+}', { rest: 'a/' }],
    ['/t/a/fixed', 'GET /t/{one}/fixed', { one: 'a' }],
    ['/t/fixed', 'GET /t/fixed', {}],
    ['/t/', '$default', {}],
    ['/t', '$default', {}],
  ])('%s: a greedy parameter takes all that is left, where no whole path fits: %s', (...given) => {
    const [path, routeKey, pathParameters] = given
    const greedy = ['GET /t/{rest+}', 'GET /t/{one}/fixed', 'GET /t/fixed', '$default'].map(
      key => ({
        routeKey: key,
        function: key,
      }),
    )
    expect(router(greedy)('GET', path)).toEqual({ routeKey, function: routeKey, pathParameters })
  })
})
