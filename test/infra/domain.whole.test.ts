// A host of one's own: what is made of the stage's setting, each combination.
import { expect, test } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { Settings } from '../../infra/stage.ts'
import { type Template, deployedFunctions, ofType, templateOf } from './template.ts'

const domain = { zone: 'ngo.gt', zoneId: 'Z0123456789ABCDEFGHIJ' }
const settingsOf = (said: object) =>
  Settings.safeParse({
    authority: 'hub.ngo.gt',
    rate: { perSecond: 200, burst: 400 },
    alarms: { emails: [] },
    ...said,
  })
const synth = (said: object): Template =>
  templateOf(
    outdir =>
      hubApp({
        outdir,
        watched: false,
        stage: { stage: 'trial', settings: Settings.parse(settingsOf(said).data) },
      }).app,
    'ReferralHub-trial-Doors',
  )
const one = (template: Template, type: string) => {
  const [found, ...others] = ofType(type, template)
  expect(others).toEqual([])
  return found?.[1].Properties
}
const ofDomains = [
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::CertificateManager::Certificate',
  'AWS::Route53::RecordSet',
]

test('without a domain the API answers for its own host, and nothing is made for another', () => {
  const template = synth({})
  for (const type of ofDomains) expect(ofType(type, template)).toEqual([])
  expect(one(template, 'AWS::ApiGatewayV2::Api')).not.toHaveProperty('DisableExecuteApiEndpoint')
})

test('a domain has its certificate and its records, and the API’s own host is shut', () => {
  const template = synth({ domain })
  expect(one(template, 'AWS::ApiGatewayV2::Api')).toMatchObject({ DisableExecuteApiEndpoint: true })
  expect(one(template, 'AWS::CertificateManager::Certificate')).toMatchObject({
    DomainName: 'hub.ngo.gt',
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: 'hub.ngo.gt', HostedZoneId: domain.zoneId }],
  })
  const made = one(template, 'AWS::ApiGatewayV2::DomainName')
  expect(made).toMatchObject({
    DomainName: 'hub.ngo.gt',
    DomainNameConfigurations: [
      { CertificateArn: { Ref: 'Certificate' }, SecurityPolicy: 'TLS_1_2' },
    ],
  })
  expect(made).not.toHaveProperty('MutualTlsAuthentication')
  expect(one(template, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject({
    ApiId: { Ref: 'Api' },
    DomainName: { Ref: 'Domain' },
    Stage: '$default',
  })
  const [stage = ''] = ofType('AWS::ApiGatewayV2::Stage', template).map(([id]) => id)
  const [mapping] = ofType('AWS::ApiGatewayV2::ApiMapping', template)
  expect(mapping?.[1].DependsOn).toContain(stage)
  const records = ofType('AWS::Route53::RecordSet', template).map(([, { Properties }]) => [
    Properties['Name'],
    Properties['Type'],
    Properties['HostedZoneId'],
  ])
  expect(records).toEqual([
    ['hub.ngo.gt.', 'A', domain.zoneId],
    ['hub.ngo.gt.', 'AAAA', domain.zoneId],
  ])
  expect(template.Outputs?.['Url']?.Value).toBe('https://hub.ngo.gt')
})

test('with mTLS only certificates of the trust store reach the API', () => {
  const mtls = { bucket: 'ngo-trust', key: 'truststore.pem' }
  for (const [said, version] of [
    [mtls, {}],
    [{ ...mtls, version: 'v1' }, { TruststoreVersion: 'v1' }],
  ] as const)
    expect(
      one(synth({ domain: { ...domain, mtls: said } }), 'AWS::ApiGatewayV2::DomainName')?.[
        'MutualTlsAuthentication'
      ],
    ).toEqual({ TruststoreUri: 's3://ngo-trust/truststore.pem', ...version })
})

test('the log is called by the hub’s name, whatever the domain', () => {
  const name = 'registro.ngo.gt'
  for (const said of [{ name }, { name, domain }]) {
    const environments = deployedFunctions(synth(said)).map(({ environment }) => environment)
    expect(new Set(environments.map(({ HUB_NAME }) => HUB_NAME))).toEqual(new Set([name]))
    for (const { AUTHORITY = 'hub.ngo.gt' } of environments) expect(AUTHORITY).toBe('hub.ngo.gt')
  }
})

test.each([
  [{ domain, authority: undefined }, '/authority', 'a domain is the host that callers sign'],
  [{ domain, authority: 'hub.other.gt' }, '/domain/zone', 'the zone that authority is a host of'],
  [{ domain: { ...domain, zoneId: 'ngo' } }, '/domain/zoneId', 'the id of a hosted zone'],
  [{ domain: { ...domain, mtls: { bucket: 'b' } } }, '/domain/mtls', ''],
])('%j is refused', (said, at, why) => {
  const [issue] = settingsOf(said).error?.issues ?? []
  expect(`/${issue?.path.join('/')}`).toContain(at)
  expect(issue?.message).toContain(why)
})
