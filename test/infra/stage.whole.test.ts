// A stage: a file of settings that is checked, and names that no other stage has.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { Settings, placeholdersIn, readStage, stages } from '../../infra/stage.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import {
  type Resource,
  type Template,
  deployedFunctions,
  ofType,
  resolved,
  templateOf,
  templatesOf,
} from './template.ts'

const folder = temporaryFolder('stages')
const from = pathToFileURL(`${folder}/`)

const good = {
  authority: 'hub.ngo.gt',
  rate: { perSecond: 200, burst: 400 },
  alarms: { emails: ['oncall@ngo.gt'] },
}
const written = (settings: unknown) => {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings)
  writeFileSync(join(folder, 'trial.json'), text)
  return () => readStage('trial', from)
}

test('every stage of the checkout has settings that are right', () => {
  expect(stages()).toEqual(['prod', 'test'])
  for (const stage of stages()) expect(readStage(stage).settings.rate.perSecond).toBe(200)
})

test.each([
  ['{"rate"', /^infra\/stages\/trial\.json: no JSON/],
  [{ ...good, authorty: 'x.gt' }, /^\S+ \/authorty: no such setting/],
  [{ ...good, rate: undefined }, /^\S+ \/rate: is missing/],
  [{ ...good, rate: { perSecond: 0, burst: 400 } }, /\/rate\/perSecond: a whole .*, such as 200$/],
  [{ ...good, rate: { perSecond: '9', burst: 400 } }, /\/rate\/perSecond: a whole number/],
  [{ ...good, rate: { perSecond: 2.5, burst: 400 } }, /\/rate\/perSecond: a whole number/],
  [{ ...good, authority: 'https://hub.ngo.gt' }, /\/authority: a host in lower case, without http/],
  [{ ...good, authority: 'Hub.ngo.gt' }, /\/authority: a host in lower case/],
  [{ ...good, name: 'Hub Norte' }, /\/name: a host in lower case, with a path/],
  [{ ...good, alarms: { emails: ['oncall'] } }, /\/alarms\/emails\/0: an address/],
  [
    { ...good, alarms: { emails: [], slack: { workspace: 'ours', channel: 'C0123ABCD' } } },
    /\/alarms\/slack\/workspace: the id of a workspace/,
  ],
  [{ ...good, indexes: 'some' }, /\/indexes: 0\.1\.0 or 0\.2\.0/],
  [{ ...good, restored: { ReferralKeys: 'keys-2' } }, /\/restored/],
  [{ ...good, restored: { Outbox: 'a b' } }, /\/restored\/Outbox: the name of a table/],
  [{ ...good, host: 'ngo.gt' }, /\/host: no such setting/],
  [{ ...good, domain: { zone: 'ngo.gt' } }, /\/domain\/zoneId: is missing/],
])('%j is refused: where, and how it is right', (settings, told) => {
  expect(written(settings)).toThrow(told)
})

test('every fault is told at once', () => {
  const faulty = { ...good, rate: { perSecond: 0, burst: 0 }, more: 1 }
  expect(written(faulty)).toThrow(/perSecond: .*\n.*burst: .*\n.*\/more: /)
})

test.each(['none', 'Prod', 'a-b', '../prod', '1st', 'averyverylongname', 'inbox', 'parked'])(
  'there is no stage %s',
  name => {
    expect(() => readStage(name, from)).toThrow(`--stage ${name}: `)
  },
)

test('what is only an example is named before it is deployed', () => {
  expect(placeholdersIn(readStage('prod'))).toEqual([
    'infra/stages/prod.json /authority: hub.example.org is an example; put your own',
    'infra/stages/prod.json /name: hub.example.org is an example; put your own',
    'infra/stages/prod.json /alarms/emails/0: oncall@hub.example.org is an example; put your own',
  ])
  const own = { stage: 'trial', settings: Settings.parse({ ...good, name: 'example.ngo.gt/hub' }) }
  expect(placeholdersIn(own)).toEqual([])
})

const trial = { stage: 'trial', settings: Settings.parse(good) }
const synth = (stage: typeof trial) =>
  templateOf(outdir => hubApp({ outdir, stage, watched: false }).app)

/** Within what has a name of its own, or the name of something else. */
const ofOthers = new Set(['StageName', 'MetricName'])
const naming = ({ Type, Properties }: Resource) =>
  Object.entries(Properties).filter(
    ([key]) =>
      key.endsWith('Name') &&
      !ofOthers.has(key) &&
      // A function and a log of their own; elsewhere they are another's.
      (key !== 'FunctionName' || Type === 'AWS::Lambda::Function') &&
      (key !== 'LogGroupName' || Type === 'AWS::Logs::LogGroup'),
  )

/** Every name that a template gives something itself: what it leaves out, CloudFormation makes of the stack's name. */
const namesIn = ({ Resources }: Template): string[] => {
  const found = Object.values(Resources).flatMap(resource =>
    naming(resource).map(([, value]) => resolved(value, reference => reference)),
  )
  const metrics = ofType('AWS::CloudWatch::Alarm', { Resources })
    .map(([, { Properties }]) => String(Properties['Namespace']))
    .filter(namespace => namespace.startsWith('ReferralHub'))
  return [...new Set([...found, ...metrics])]
}
const allNames = (stage: typeof trial) =>
  Object.entries(templatesOf(outdir => hubApp({ outdir, stage }).app)).flatMap(
    ([name, template]) => [
      name,
      ...namesIn(template),
      ...Object.values(template.Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []),
    ],
  )

test('stages live beside each other: no name of one is one of another', () => {
  const ours = allNames({ ...trial, stage: 'prod' })
  const settings = Settings.parse({ ...good, authority: 'trial.ngo.gt' })
  const theirs = allNames({ ...trial, settings })
  // Stacks, exports, queues, API, functions, roles, logs, dashboard, metrics.
  expect(ours.length).toBeGreaterThan(100)
  expect(ours.filter(name => theirs.includes(name))).toEqual([])
  const own = /^(\/?referral-hub-trial([-/]|$)|ReferralHub-trial|ReferralHub\/trial\.)/
  expect(theirs.filter(name => !own.test(name))).toEqual([])
  // `prod` keeps the names that hubs had before there were stages.
  expect(ours).toContain('referral-hub-inbox-IGM.fifo')
})

test('the settings of a stage reach what is deployed', () => {
  const settings = Settings.parse({
    ...good,
    rate: { perSecond: 7, burst: 9 },
    indexes: '0.1.0',
  })
  const template = synth({ ...trial, settings })
  const [door] = deployedFunctions(template).filter(({ name }) => name === 'post-referral')
  expect(door?.environment).toMatchObject({
    AUTHORITY: 'hub.ngo.gt',
    HUB_NAME: 'hub.ngo.gt',
    RATE_PER_SECOND: '7',
    RATE_BURST: '9',
  })
  expect(JSON.stringify(template.Resources['AccessLog'])).toContain('"ProjectionType":"ALL"')
})

test('a restored table is what functions, their roles and the alarms are told of', () => {
  const settings = Settings.parse({ ...good, restored: { Outbox: 'outbox-2' } })
  const all = templatesOf(outdir => hubApp({ outdir, stage: { ...trial, settings } }).app)
  const doors = JSON.stringify(all['ReferralHub-trial-Doors'])
  expect(doors).not.toMatch(/"ReferralHub-trial:Outbox/)
  const ack = deployedFunctions(all['ReferralHub-trial-Doors']).find(
    ({ name }) => name === 'ack-inbox',
  )
  expect(ack?.environment['TABLE_OUTBOX']).toBe('outbox-2')
  const [statement] = ack?.statements.filter(({ Sid }) => Sid === 'Outbox') ?? []
  expect(resolved(statement?.Resource, reference => reference)).toBe(
    'arn:AWS::Partition:dynamodb:AWS::Region:AWS::AccountId:table/outbox-2',
  )
  expect(JSON.stringify(all['ReferralHub-trial-Watch'])).toContain('"Value":"outbox-2"')
  // What keeps is as it was: the table that is left stays.
  expect(all['ReferralHub-trial']).toEqual(
    templatesOf(outdir => hubApp({ outdir, stage: trial }).app)['ReferralHub-trial'],
  )
})
