// What API Gateway lets through to each route, as deployed.
import { expect, test } from 'vitest'
import { requestEndsWithin } from '../../events/request.ts'
import { hubApp } from '../../infra/app.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { deployedFunctions, hubTemplate, ofType, references, templateOf } from './template.ts'

const limitsOf = (template = hubTemplate) => {
  const [stage] = ofType('AWS::ApiGatewayV2::Stage', template)
  const { RouteSettings, DefaultRouteSettings } = stage?.[1].Properties ?? {}
  return { ...(RouteSettings as object), others: DefaultRouteSettings }
}

test('the stage limits each route for all callers together, and never below what two keys may ask for', () => {
  expect(limitsOf()).toEqual({
    'POST /v1/inbox/pull': { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    'POST /v1/referrals/{referralId}/release': {
      ThrottlingRateLimit: 500,
      ThrottlingBurstLimit: 1000,
    },
    'GET /v1/health': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    'HEAD /v1/health': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    ...Object.fromEntries(
      ['/', '/console', '/console/{file+}']
        .flatMap(path => [`GET ${path}`, `HEAD ${path}`])
        .map(key => [key, { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }]),
    ),
    others: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
  })
  const faster = templateOf(
    outdir => hubApp({ rate: { perSecond: 1000, burst: 3000 }, outdir }).app,
  )
  expect(limitsOf(faster)).toMatchObject({
    'POST /v1/inbox/pull': { ThrottlingRateLimit: 2500, ThrottlingBurstLimit: 7500 },
    others: { ThrottlingRateLimit: 5000, ThrottlingBurstLimit: 15_000 },
  })
  expect(
    deployedFunctions(faster).find(({ name }) => name === 'post-referral')?.environment,
  ).toMatchObject({
    RATE_PER_SECOND: '1000',
    RATE_BURST: '3000',
  })
})

test('a request has ended by when the rules count on it', () => {
  const behindRoutes = new Set(
    hubFunctions.flatMap(({ module, trigger }) =>
      'routes' in trigger ? [`functions/${module}.ts`] : [],
    ),
  )
  const found = ofType('AWS::Lambda::Function').filter(([, { Metadata }]) =>
    behindRoutes.has(String(Metadata?.['entry'])),
  )
  expect(found.length).toBe(behindRoutes.size)
  for (const [id, { Properties }] of found)
    expect(Number(Properties['Timeout']) * 1000, id).toBeLessThan(requestEndsWithin)
})

test('a stage is made after the routes that it has limits for', () => {
  const [[, stage] = []] = ofType('AWS::ApiGatewayV2::Stage')
  const first = stage?.DependsOn ?? []
  const keys = ofType('AWS::ApiGatewayV2::Route')
    .filter(([id]) => first.includes(id))
    .map(([, { Properties }]) => String(Properties['RouteKey']))
  expect(keys.toSorted()).toEqual(
    Object.keys(stage?.Properties['RouteSettings'] as object).toSorted(),
  )
  expect(references(stage?.Properties)).toContain('Api')
})

test('a rate that is none is refused before anything is made', () => {
  expect(() => hubApp({ rate: { perSecond: 0, burst: 1 } })).toThrow('at least 1')
})
