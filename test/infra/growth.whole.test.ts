// A hub that grows: what holds data keeps its logical id, what is added deploys in one go, and 120 institutions fit
// into every limit of CloudFormation, IAM, Lambda and KMS.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { hubApp } from '../../infra/app.ts'
import { institutions } from '../../infra/declared.ts'
import { Settings } from '../../infra/stage.ts'
import { Institution } from '../../schemas/agreement.ts'
import { type Template, deployedFunctions, ofType, resolved, templatesOf } from './template.ts'

/** `AAA`, `AAB` … */
const code = (n: number) =>
  [676, 26, 1].map(unit => String.fromCodePoint(65 + (Math.floor(n / unit) % 26))).join('')
const others = (many: number) =>
  z
    .array(Institution)
    .parse(
      Array.from({ length: many }, (_, n) => ({ code: `Q${code(n)}`, name: `Institución ${n}` })),
    )
const made = new Map<number, Record<string, Template>>()
/** The hub's stacks with so many institutions more; each synthesized once. */
const synth = (more: number): Record<string, Template> => {
  const all = made.get(more) ?? synthesized(others(more))
  made.set(more, all)
  return all
}
const synthesized = (more: readonly Institution[]): Record<string, Template> =>
  templatesOf(
    outdir =>
      hubApp({
        outdir,
        institutions: [...more, ...institutions()],
        stage: {
          stage: 'abcdefghijkl',
          settings: Settings.parse({
            authority: 'hub.ngo.gt',
            rate: { perSecond: 200, burst: 400 },
            alarms: { emails: ['oncall@ngo.gt'] },
          }),
        },
      }).app,
  )

const [data, doors, watch] = ['', '-Doors', '-Watch'].map(
  more => `ReferralHub-abcdefghijkl${more}`,
) as [string, string, string]
const of = (all: Record<string, Template>, name: string): Template => {
  const found = all[name]
  if (!found) throw new Error(`no stack ${name}`)
  return found
}
const today = synth(0)

const types = (name: string) => [
  ...new Set(Object.values(of(today, name).Resources).map(({ Type }) => Type)),
]
const holding = /^AWS::(DynamoDB::|SQS::Queue$|KMS::Key$|S3::Bucket$)/

test('what holds data stands in one stack that refuses to be deleted, and nothing else does', () => {
  expect(types(data).toSorted()).toEqual([
    'AWS::DynamoDB::Table',
    'AWS::KMS::Key',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
  ])
  expect(types(doors).filter(type => holding.test(type))).toEqual([])
  // Alarms have a key of their own, which seals nothing that is kept.
  expect(types(watch).filter(type => holding.test(type))).toEqual(['AWS::KMS::Key'])
  expect(hubApp().data.terminationProtection).toBe(true)
  expect(hubApp({ kept: false }).data.terminationProtection).toBe(false)
})

test('an institution more adds its queues and its alarms, and changes nothing else anywhere', () => {
  const more = synth(1)
  const added = Object.keys(of(more, data).Resources).filter(
    id => !(id in of(today, data).Resources),
  )
  expect(added.toSorted()).toEqual([
    'InboxQAAA',
    'InboxQAAAPolicy',
    'ParkedQAAA',
    'ParkedQAAAPolicy',
  ])
  for (const name of [data, watch]) {
    const now = of(more, name).Resources
    for (const [id, resource] of Object.entries(of(today, name).Resources))
      expect(now[id], `${name} ${id}`).toEqual(resource)
  }
  // The first institution is another one now: the probe of GET /v1/health, which asks that queue, and nothing else.
  const changed = Object.entries(of(more, doors).Resources).filter(
    ([id, one]) => JSON.stringify(one) !== JSON.stringify(of(today, doors).Resources[id]),
  )
  expect(changed.map(([id]) => id).toSorted()).toEqual(['GetHealth', 'GetHealthRole'])
})

test('a member more of a header is code: what keeps is told keys, and what lists are filtered by', () => {
  const known = ofType('AWS::DynamoDB::Table', of(today, data)).flatMap(([, { Properties }]) =>
    [...JSON.stringify(Properties).matchAll(/"AttributeName":"([^"]+)"/g)].map(
      ([, one = '']) => one,
    ),
  )
  expect([...new Set(known)].toSorted()).toEqual(
    `consentId due dueAt expiresAt id inbox n nextSendAt pk recipient referralId referrer sk updatedAt`.split(
      ' ',
    ),
  )
  const filters = [...JSON.stringify(of(today, data)).matchAll(/"NonKeyAttributes":(\[[^\]]*\])/g)]
  expect(filters.map(([, members]) => members)).toEqual(
    Array(2).fill('["status","respondBy","partOf"]'),
  )
})

const exportsOf = (all: Record<string, Template>) =>
  Object.values(all).flatMap(({ Outputs }) =>
    Object.values(Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []),
  )

test('what a stack imports is always exported, and none of it is of one institution', () => {
  const imports = [
    ...JSON.stringify(today).matchAll(/"Fn::ImportValue":"([^"]+)"/g),
    ...JSON.stringify(synth(3)).matchAll(/"Fn::ImportValue":"([^"]+)"/g),
  ].map(([, name]) => name ?? '')
  // CDK exports by itself what one stack takes from another, and takes it away with the last use: that blocks.
  expect(exportsOf(today)).toEqual(exportsOf(synth(3)))
  expect(exportsOf(today).filter(name => /ExportsOutput/.test(name))).toEqual([])
  expect(exportsOf(today)).toHaveLength(2 * 8 + 4 + 2)
  expect(imports.filter(name => !exportsOf(today).includes(name))).toEqual([])
  expect(imports.length).toBeGreaterThan(100)
})

/** A name as it would be: the longest region there is. */
const long = (value: unknown) =>
  resolved(value, reference =>
    reference === 'AWS::Region' ? 'ap-southeast-7' : reference.padEnd(100, 'x'),
  )
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

test('120 institutions, with whatever agreements between them, fit into every limit', () => {
  const all = synth(120 - institutions().length)
  expect(ofType('AWS::SQS::Queue', of(all, data))).toHaveLength(240)
  for (const [name, template] of Object.entries(all)) {
    expect(Object.keys(template.Resources).length, name).toBeLessThanOrEqual(500)
    expect(Object.keys(template.Outputs ?? {}).length, name).toBeLessThanOrEqual(200)
    expect(bytes(template), name).toBeLessThan(1_000_000)
  }
  const served = of(all, doors)
  const invokes = ofType('AWS::Lambda::Permission', served)
  for (const { id, name, statements, environment } of deployedFunctions(served)) {
    // Inline policies of a role: 10,240 characters without white space. References stand longer than what they become.
    expect(bytes(statements), name).toBeLessThan(10_240)
    expect(bytes(environment), name).toBeLessThan(4096)
    const own = invokes.filter(([, { Properties }]) =>
      JSON.stringify(Properties['FunctionName']).includes(`"${id}"`),
    )
    // A function's own policy: 20,480 bytes, about 400 a statement.
    expect(own.length * 400, name).toBeLessThan(20_480)
  }
  for (const [id, { Properties }] of ofType('AWS::KMS::Key', of(all, data)))
    expect(bytes(Properties['KeyPolicy']), id).toBeLessThan(32_768)
  const names = Object.values(all).flatMap(template =>
    Object.values(template.Resources).flatMap(({ Properties }) =>
      ['RoleName', 'FunctionName', 'QueueName']
        .filter(key => typeof Properties[key] === 'string' || key === 'RoleName')
        .flatMap(key => (Properties[key] === undefined ? [] : [long(Properties[key])])),
    ),
  )
  expect(names.filter(name => name.length > 64)).toEqual([])
  // Agreements are rows of the directory, entered by `hub admin enrol`: no template knows of any.
  expect(JSON.stringify(all)).not.toContain('igm-ala-2026')
})

const policies = (all: Record<string, Template>) =>
  deployedFunctions(of(all, doors)).map(({ name, statements }) => [name, statements])

test('the policies of a hub with 120 institutions are those of one with four', () => {
  const many = synth(116)
  const less = policies(today).filter(([name]) => name !== 'get-health')
  expect(policies(many).filter(([name]) => name !== 'get-health')).toEqual(less)
})
