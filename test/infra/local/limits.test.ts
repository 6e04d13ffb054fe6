// The stage's limits as the local gateway applies them: before any function runs, for all callers of a route together.
import { expect, test } from 'vitest'
import { machineWith, withDefaultRoute } from './fragment.ts'

const stage = (properties: object) => ({
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: 'Api' },
      StageName: '$default',
      AutoDeploy: true,
      ...properties,
    },
  },
})
const limit = (perSecond: number, burst: number) => ({
  ThrottlingRateLimit: perSecond,
  ThrottlingBurstLimit: burst,
})

test('a route with a limit lets its burst through, then says 429 as API Gateway does; other routes have their own', async () => {
  const { url, serve } = await machineWith({
    ...withDefaultRoute,
    ...stage({
      DefaultRouteSettings: limit(0.001, 3),
      RouteSettings: { 'GET /v1/things/special': limit(0.001, 5) },
    }),
  })
  serve()
  const statuses = async (path: string) => {
    const got: number[] = []
    for (let n = 0; n < 7; n++) got.push((await fetch(`${url}${path}`)).status)
    return got
  }
  expect(await statuses('/v1/things/special')).toEqual([200, 200, 200, 200, 200, 429, 429])
  expect(await statuses('/v1/things/1')).toEqual([200, 200, 200, 429, 429, 429, 429])
  const refused = await fetch(`${url}/v1/things/2`)
  expect(await refused.json()).toEqual({ message: 'Too Many Requests' })
  expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{20,}$/)
  expect(await statuses('/elsewhere')).toEqual([200, 200, 200, 429, 429, 429, 429])
})

const start = (properties: object) => machineWith({ ...withDefaultRoute, ...stage(properties) })

test('a stage that asks for what the gateway cannot do is an error, not a shrug', async () => {
  await expect(start({ StageVariables: { a: '1' } })).rejects.toThrow('StageVariables')
  await expect(start({ StageName: 'prod' })).rejects.toThrow('StageName')
  await expect(
    start({ DefaultRouteSettings: { ...limit(1, 1), DetailedMetricsEnabled: true } }),
  ).rejects.toThrow('DetailedMetricsEnabled')
  await expect(start({ RouteSettings: { 'GET /nowhere': limit(1, 1) } })).rejects.toThrow(
    'GET /nowhere',
  )
})
