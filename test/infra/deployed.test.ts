// What runs, and on which call or schedule.
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deployedFunctions, hubTemplate, ofType, references, resolved } from './template.ts'

const functions = deployedFunctions()
const nameOf = (value: unknown) =>
  functions.find(({ id }) => references(value).includes(id))?.name ?? 'nobody'

test('every route of the contract leads to its function, and every other path to a 404', () => {
  const routes = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
    const [integration] = references(Properties['Target'])
    const { IntegrationUri, PayloadFormatVersion } =
      hubTemplate.Resources[integration ?? '']?.Properties ?? {}
    expect(PayloadFormatVersion).toBe('2.0')
    return [String(Properties['RouteKey']), nameOf(IntegrationUri)]
  })
  expect(Object.fromEntries(routes)).toEqual({
    'POST /v1/referrals': 'post-referral',
    'GET /v1/referrals': 'get-referral',
    'GET /v1/referrals/{referralId}': 'get-referral',
    'POST /v1/referrals/{referralId}/status': 'post-status',
    'POST /v1/inbox/pull': 'pull-inbox',
    'POST /v1/inbox/ack': 'ack-inbox',
    'POST /v1/inbox/return': 'ack-inbox',
    'GET /v1/access-log': 'get-access-log',
    'GET /v1/access-log/checkpoint': 'read-access-log',
    'GET /v1/access-log/public-key': 'read-access-log',
    'GET /v1/access-log/entries/{index}': 'read-access-log',
    'GET /v1/access-log/entries/{index}/proof': 'read-access-log',
    'GET /v1/access-log/summary': 'get-access-log',
    'GET /v1/access-log/tile/{tile+}': 'read-access-log',
    'GET /v1/access-log/tile/entries/{bundle+}': 'read-access-log',
    'GET /v1/access-log/cosignatures': 'read-access-log',
    'POST /v1/access-log/cosignatures': 'cosign-access-log',
    'GET /v1/referrals/{referralId}/receipt': 'get-receipt',
    'GET /v1/me': 'get-me',
    'GET /v1/institutions': 'get-keys',
    'GET /v1/institutions/{institution}/keys': 'get-keys',
    'POST /v1/institutions/{institution}/keys': 'change-key',
    'POST /v1/institutions/{institution}/keys/{keyid}/confirmation': 'change-key',
    'POST /v1/institutions/{institution}/keys/{keyid}/revocation': 'change-key',
    'POST /v1/referrals/{referralId}/release': 'release-referral',
    'GET /v1/consents/{consentId}': 'get-consent',
    'GET /v1/consents/{consentId}/certificate': 'get-consent',
    'POST /v1/consents/{consentId}/withdrawal': 'withdraw-consent',
    'POST /v1/consents/{consentId}/deletion-confirmation': 'confirm-deletion',
    'GET /v1/health': 'get-health',
    'HEAD /v1/health': 'get-health',
    'GET /v1/openapi.json': 'get-openapi',
    'HEAD /v1/openapi.json': 'get-openapi',
    $default: 'get-openapi',
  })
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
  expect(permissions.toSorted()).toMatchInlineSnapshot(`
    [
      "apigateway.amazonaws.com Api/*/* → get-openapi",
      "apigateway.amazonaws.com Api/*/*/v1/access-log → get-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/checkpoint → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/cosignatures → cosign-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/cosignatures → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/entries/{index} → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/entries/{index}/proof → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/public-key → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/summary → get-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/tile/entries/{bundle+} → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/access-log/tile/{tile+} → read-access-log",
      "apigateway.amazonaws.com Api/*/*/v1/consents/{consentId} → get-consent",
      "apigateway.amazonaws.com Api/*/*/v1/consents/{consentId}/certificate → get-consent",
      "apigateway.amazonaws.com Api/*/*/v1/consents/{consentId}/deletion-confirmation → confirm-deletion",
      "apigateway.amazonaws.com Api/*/*/v1/consents/{consentId}/withdrawal → withdraw-consent",
      "apigateway.amazonaws.com Api/*/*/v1/health → get-health",
      "apigateway.amazonaws.com Api/*/*/v1/health → get-health",
      "apigateway.amazonaws.com Api/*/*/v1/inbox/ack → ack-inbox",
      "apigateway.amazonaws.com Api/*/*/v1/inbox/pull → pull-inbox",
      "apigateway.amazonaws.com Api/*/*/v1/inbox/return → ack-inbox",
      "apigateway.amazonaws.com Api/*/*/v1/institutions → get-keys",
      "apigateway.amazonaws.com Api/*/*/v1/institutions/{institution}/keys → change-key",
      "apigateway.amazonaws.com Api/*/*/v1/institutions/{institution}/keys → get-keys",
      "apigateway.amazonaws.com Api/*/*/v1/institutions/{institution}/keys/{keyid}/confirmation → change-key",
      "apigateway.amazonaws.com Api/*/*/v1/institutions/{institution}/keys/{keyid}/revocation → change-key",
      "apigateway.amazonaws.com Api/*/*/v1/me → get-me",
      "apigateway.amazonaws.com Api/*/*/v1/openapi.json → get-openapi",
      "apigateway.amazonaws.com Api/*/*/v1/openapi.json → get-openapi",
      "apigateway.amazonaws.com Api/*/*/v1/referrals → get-referral",
      "apigateway.amazonaws.com Api/*/*/v1/referrals → post-referral",
      "apigateway.amazonaws.com Api/*/*/v1/referrals/{referralId} → get-referral",
      "apigateway.amazonaws.com Api/*/*/v1/referrals/{referralId}/receipt → get-receipt",
      "apigateway.amazonaws.com Api/*/*/v1/referrals/{referralId}/release → release-referral",
      "apigateway.amazonaws.com Api/*/*/v1/referrals/{referralId}/status → post-status",
      "events.amazonaws.com RelayOutboxSchedule.Arn → relay-outbox",
      "events.amazonaws.com RunDueWorkSchedule.Arn → run-due-work",
      "events.amazonaws.com SequenceAccessLogSchedule.Arn → sequence-access-log",
    ]
  `)
})

test('every function is arm64 Node 24 from one module, and a pull has time to wait 20 seconds', () => {
  for (const { name, properties } of functions)
    expect(
      [properties['Runtime'], properties['Architectures'], properties['Handler']],
      name,
    ).toEqual(['nodejs24.x', ['arm64'], 'index.handler'])
  expect(Object.fromEntries(functions.map(({ name, properties }) => [name, properties['Timeout']])))
    // A gateway gives up after 29 seconds, a cold start included, the next scheduled run comes after 60.
    .toEqual({
      'post-referral': 10,
      'get-referral': 10,
      'post-status': 10,
      'release-referral': 10,
      'pull-inbox': 28,
      'get-consent': 10,
      'withdraw-consent': 10,
      'confirm-deletion': 10,
      'ack-inbox': 10,
      'get-access-log': 10,
      'read-access-log': 10,
      'cosign-access-log': 10,
      'get-receipt': 10,
      'get-keys': 10,
      'get-me': 10,
      'change-key': 10,
      'get-health': 10,
      'get-openapi': 10,
      'relay-outbox': 55,
      'run-due-work': 55,
      'sequence-access-log': 55,
    })
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
