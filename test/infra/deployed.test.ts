// What runs, and on which call or schedule.
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { deployedFunctions, hubTemplate, ofType, references, resolved } from './template.ts'

const functions = deployedFunctions()
const nameOf = (value: unknown) =>
  functions.find(({ id }) => references(value).includes(id))?.name ?? 'nobody'

/** `GET /v1/me` of every route, in the contract's own list; where no signature is asked for, HEAD too. */
const contract = Object.values<RouteSpec>(routes).flatMap(({ method, path, roles }) => [
  `${method} ${path}`,
  ...(roles.length === 0 ? [`HEAD ${path}`] : []),
])
/** Served to browsers; no part of the contract. */
const consoleRoutes = ['/', '/console', '/console/{file+}'].flatMap(path => [
  `GET ${path}`,
  `HEAD ${path}`,
])
/** Which function of the permission table answers a route. Whether it serves it is for the journeys to say. */
const tableOf = new Map(
  hubFunctions.flatMap(({ name, trigger }) =>
    'routes' in trigger ? trigger.routes.map(key => [key as string, name] as const) : [],
  ),
)

test('every route of the contract leads to its function, and every other path to a 404', () => {
  const deployed = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
    const [integration] = references(Properties['Target'])
    const { IntegrationUri, PayloadFormatVersion } =
      hubTemplate.Resources[integration ?? '']?.Properties ?? {}
    expect(PayloadFormatVersion).toBe('2.0')
    return [String(Properties['RouteKey']), nameOf(IntegrationUri)] as const
  })
  expect(deployed.map(([key]) => key).toSorted()).toEqual(
    [...contract, ...consoleRoutes, '$default'].toSorted(),
  )
  for (const [key, name] of deployed) expect([key, name]).toEqual([key, tableOf.get(key)])
  expect(tableOf.get('$default')).toBe('get-openapi')
})

test('the relay, the work of the clock and the sequencer run every minute', () => {
  const schedules = ofType('AWS::Events::Rule').map(([, { Properties }]) => [
    nameOf(Properties['Targets']),
    Properties['ScheduleExpression'],
    Properties['State'],
  ])
  expect(schedules).toEqual([
    ['relay-outbox', 'rate(1 minute)', 'ENABLED'],
    ['run-due-work', 'rate(1 minute)', 'ENABLED'],
    ['sequence-access-log', 'rate(1 minute)', 'ENABLED'],
  ])
})

test('a function is invoked by the API for its own routes or by its own schedule, by nobody else', () => {
  const permissions = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => {
    expect(Properties['Action']).toBe('lambda:InvokeFunction')
    const source = resolved(Properties['SourceArn'], reference => reference)
    return `${String(Properties['Principal'])} ${source.replace(/^.*:/, '')} → ${nameOf(Properties['FunctionName'])}`
  })
  const schedules = ['RelayOutbox', 'RunDueWork', 'SequenceAccessLog']
  expect(permissions.toSorted()).toEqual(
    [
      'apigateway.amazonaws.com Api/*/* → get-openapi',
      ...[...contract, ...consoleRoutes].map(
        key => `apigateway.amazonaws.com Api/*/*${key.split(' ')[1]} → ${tableOf.get(key)}`,
      ),
      ...schedules.map(
        id =>
          `events.amazonaws.com ${id}Schedule.Arn → ${id.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}`,
      ),
    ].toSorted(),
  )
})

test('every function is arm64 Node 24 from one module, and a pull and a redrive have time for their work', () => {
  for (const { name, properties } of functions)
    expect(
      [properties['Runtime'], properties['Architectures'], properties['Handler']],
      name,
    ).toEqual(['nodejs24.x', ['arm64'], 'index.handler'])
  // A gateway gives up after 29 seconds, a cold start included; the next scheduled run comes after 60.
  const onRoutes = new Set(tableOf.values())
  for (const { name, properties } of functions)
    expect([name, properties['Timeout']]).toEqual([
      name,
      ['pull-inbox', 'redrive-inbox'].includes(name) ? 28 : onRoutes.has(name) ? 10 : 55,
    ])
})

test('the API serves its $default stage, throttled, so that callers sign the path they call', () => {
  const [stage, ...others] = ofType('AWS::ApiGatewayV2::Stage')
  expect(others).toEqual([])
  expect(stage?.[1].Properties).toMatchObject({
    StageName: '$default',
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
  })
})

test('the API’s own log names the request and nothing personal', () => {
  const [stage] = ofType('AWS::ApiGatewayV2::Stage')
  const { Format } = (stage?.[1].Properties['AccessLogSettings'] ?? {}) as { Format: string }
  expect(Format.match(/\$context\.[\w.]+/g)?.toSorted()).toEqual([
    '$context.integrationErrorMessage',
    '$context.requestId',
    '$context.requestTimeEpoch',
    '$context.responseLatency',
    '$context.responseLength',
    '$context.routeKey',
    '$context.status',
  ])
  expect(Object.keys(JSON.parse(Format) as object)).toContain('requestId')
})

test('the template can be deployed: nothing needs itself first', () => {
  const { Resources } = hubTemplate
  const needs = (id: string) => [
    ...references(Resources[id]?.Properties),
    ...(Resources[id]?.DependsOn ?? []),
  ]
  const done = new Set<string>()
  const visit = (id: string, path: readonly string[]) => {
    expect(path, `${id} needs itself`).not.toContain(id)
    expect(Resources, `${path.at(-1)} needs what is not there`).toHaveProperty([id])
    if (done.has(id)) return
    for (const needed of needs(id)) visit(needed, [...path, id])
    done.add(id)
  }
  for (const id of Object.keys(Resources)) visit(id, [])
  expect(done.size).toBe(Object.keys(Resources).length)
})

test('every function’s module exists', () => {
  for (const [id, { Metadata }] of ofType('AWS::Lambda::Function'))
    expect(existsSync(new URL(`../../${String(Metadata?.['entry'])}`, import.meta.url)), id).toBe(
      true,
    )
})
