// Who hears when something does not run, or fails; and whoever is woken finds what to do.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tableNames } from '../../functions/aws/tables.ts'
import { hubApp } from '../../infra/app.ts'
import { pascal } from '../../infra/capabilities.ts'
import { institutions } from '../../infra/declared.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { Settings } from '../../infra/stage.ts'
import { type Template, listOf, ofType, templateOf } from './template.ts'

const settings = Settings.parse({
  authority: 'hub.ngo.gt',
  rate: { perSecond: 200, burst: 400 },
  alarms: { emails: ['oncall@ngo.gt', 'second@ngo.gt'] },
})
const watch: Template = templateOf(
  outdir => hubApp({ outdir, stage: { stage: 'trial', settings } }).app,
  'ReferralHub-trial-Watch',
)
const alarms = ofType('AWS::CloudWatch::Alarm', watch)
const slack = { workspace: 'T0123ABCD', channel: 'C0123ABCD' }
const alarm = (id: string) => watch.Resources[id]?.Properties ?? {}
const topic = { Ref: 'Alarms' }

const functions = hubFunctions.map(({ name }) => pascal(name))
const schedules = hubFunctions.flatMap(({ name, trigger }) =>
  'everyMinutes' in trigger ? [pascal(name)] : [],
)

test('there is an alarm for each inbox, function, schedule and table, and for the hub as a whole', () => {
  expect(alarms.map(([id]) => id).toSorted()).toEqual(
    [
      ...institutions().flatMap(({ code }) => [`Parked${code}Alarm`, `Waiting${code}Alarm`]),
      ...functions.flatMap(id => [`${id}ErrorsAlarm`, `${id}ThrottlesAlarm`, `${id}SlowAlarm`]),
      ...schedules.map(id => `${id}SilentAlarm`),
      ...tableNames.map(id => `${id}ThrottlesAlarm`),
      ...['ServerErrors', 'Denials', 'CheckpointForks', 'SignatureFailures'].map(
        id => `${id}Alarm`,
      ),
    ].toSorted(),
  )
})

const more = (than: number) => ['GreaterThanThreshold', than, 'notBreaching']
test.each([
  ['ParkedALAAlarm', 'ApproximateNumberOfMessagesVisible', more(0)],
  ['WaitingALAAlarm', 'ApproximateAgeOfOldestMessage', more(3 * 24 * 60 * 60)],
  ['PostReferralErrorsAlarm', 'Errors', more(0)],
  ['PostReferralThrottlesAlarm', 'Throttles', more(0)],
  // 10 s, and 28 s of which 20 are waiting.
  ['PostReferralSlowAlarm', 'Duration', more(8000)],
  ['PullInboxSlowAlarm', 'Duration', more(22_400)],
  // Silence is what it is about.
  ['RunDueWorkSilentAlarm', 'Invocations', ['LessThanThreshold', 1, 'breaching']],
  ['ServerErrorsAlarm', '5xx', more(0)],
  ['CheckpointForksAlarm', 'CheckpointForks', more(0)],
  ['DenialsAlarm', 'Denials', more(0)],
  ['SignatureFailuresAlarm', 'SignatureFailures', more(100)],
])('%s looks at %s', (id, metric, how) => {
  const { MetricName, ComparisonOperator, Threshold, TreatMissingData } = alarm(id)
  expect([MetricName, [ComparisonOperator, Threshold, TreatMissingData]]).toEqual([metric, how])
})

test('an inbox is watched by its own queues, and what the hub counts by its own name', () => {
  const names = ['ParkedALAAlarm', 'WaitingALAAlarm'].map(id => alarm(id)['Dimensions'])
  expect(names).toEqual([
    [{ Name: 'QueueName', Value: 'referral-hub-trial-parked-ALA.fifo' }],
    [{ Name: 'QueueName', Value: 'referral-hub-trial-inbox-ALA.fifo' }],
  ])
  for (const id of ['Denials', 'CheckpointForks', 'SignatureFailures'])
    expect(alarm(`${id}Alarm`)['Namespace']).toBe('ReferralHub/hub.ngo.gt')
})

test('a table is watched with its indexes, and each is added up', () => {
  const { Metrics } = alarm('ReferralsThrottlesAlarm') as {
    Metrics: {
      Expression?: string
      MetricStat?: { Metric: { Dimensions: { Name: string; Value: unknown }[] } }
    }[]
  }
  const indexes = Metrics.flatMap(({ MetricStat }) =>
    (MetricStat?.Metric.Dimensions ?? []).flatMap(({ Name, Value }) =>
      Name === 'GlobalSecondaryIndexName' ? [String(Value)] : [],
    ),
  )
  expect(indexes.toSorted()).toEqual(['due', 'due', 'received', 'received', 'sent', 'sent'])
  const [sum = ''] = Metrics.flatMap(({ Expression }) => Expression ?? [])
  expect(sum.match(/FILL\(m\d, 0\)/g)).toHaveLength(8)
})

const chats = (one: Template) => ofType('AWS::Chatbot::SlackChannelConfiguration', one)

test('a stage that names a channel has its alarms there, and the channel can do nothing', () => {
  const told = { ...settings, alarms: { emails: [], slack } }
  const template = templateOf(
    outdir => hubApp({ outdir, stage: { stage: 'trial', settings: told } }).app,
    'ReferralHub-trial-Watch',
  )
  expect(chats(watch)).toEqual([])
  expect(chats(template).map(([, { Properties }]) => Properties)).toEqual([
    {
      ConfigurationName: 'referral-hub-trial-alarms',
      SlackWorkspaceId: slack.workspace,
      SlackChannelId: slack.channel,
      SnsTopicArns: [topic],
      IamRoleArn: { 'Fn::GetAtt': ['ChatRole', 'Arn'] },
      GuardrailPolicies: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] },
      ],
    },
  ])
  const role = template.Resources['ChatRole']?.Properties ?? {}
  expect(Object.keys(role).toSorted()).toEqual(['AssumeRolePolicyDocument', 'Description'])
  expect(ofType('AWS::IAM::Policy', template)).toEqual([])
})

test('each alarm is told to every address, when it begins and when it is over, by an encrypted topic', () => {
  for (const [id, { Properties }] of alarms)
    expect([id, Properties['AlarmActions'], Properties['OKActions']]).toEqual([
      id,
      [topic],
      [topic],
    ])
  const told = ofType('AWS::SNS::Subscription', watch).map(([, { Properties }]) => Properties)
  expect(told).toEqual(
    settings.alarms.emails.map(Endpoint => ({ Protocol: 'email', TopicArn: topic, Endpoint })),
  )
  expect(watch.Resources['Alarms']?.Properties['KmsMasterKeyId']).toEqual({
    'Fn::GetAtt': ['AlarmKey', 'Arn'],
  })
})

test('what AWS refuses a function is counted from every function’s log', () => {
  const filters = ofType('AWS::Logs::MetricFilter', watch)
  expect(filters.map(([id]) => id).toSorted()).toEqual(
    functions.map(id => `${id}Denials`).toSorted(),
  )
  for (const [, { Properties }] of filters)
    expect(Properties).toMatchObject({
      FilterPattern: '{ $.error = "AccessDenied*" }',
      MetricTransformations: [{ MetricName: 'Denials', MetricNamespace: 'ReferralHub/hub.ngo.gt' }],
    })
})

test('who disables a key, has it deleted, changes its policy or gives a grant on it is told', () => {
  const rules = ofType('AWS::Events::Rule', watch).map(([, { Properties }]) => {
    expect(listOf(Properties['Targets'])).toMatchObject([{ Arn: topic }])
    const { detail } = Properties['EventPattern'] as {
      detail: { eventName: string[]; resources: { ARN: unknown[] } }
    }
    return [detail.resources.ARN.length, detail.eventName.join(' ')]
  })
  const changes = 'DisableKey ScheduleKeyDeletion DisableKeyRotation PutKeyPolicy'
  expect(rules).toEqual([
    [3, `${changes} CreateGrant`],
    [1, changes],
  ])
})

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
/** The sections by their anchors, as GitHub makes them of headings. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map(text => {
      const [heading = ''] = text.split('\n')
      return [
        heading
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
        text,
      ]
    }),
)

/** The alarms that a text names. */
const ids = (text: string) => [...text.matchAll(/`([A-Za-z<>]+Alarm)`/g)].map(([, id = '']) => id)

test('each alarm names its section of docs/operations.md, which is there and names the alarm', () => {
  const codes = institutions().map(({ code }) => code)
  const pattern = (id: string) =>
    new RegExp(
      `^${id
        .replace('<CODE>', `(${codes.join('|')})`)
        .replace('<Function>', `(${functions.join('|')})`)
        .replace('<Table>', `(${tableNames.join('|')})`)}$`,
    )
  const met = new Set<string>()
  for (const [id, { Properties }] of alarms) {
    const said = String(Properties['AlarmDescription'])
    const [, anchor = ''] =
      /^\S.{20,} What to do: docs\/operations\.md#([a-z0-9-]+)$/.exec(said) ?? []
    const named = ids(sections.get(anchor) ?? '').filter(one => pattern(one).test(id))
    expect(named, `${id}: ${said}`).toHaveLength(1)
    met.add(named[0] ?? '')
  }
  // And the page has no alarm that is not there.
  expect(ids(page).filter(id => !met.has(id))).toEqual([])
  for (const [, { Properties }] of ofType('AWS::Events::Rule', watch))
    expect(String(Properties['Description'])).toMatch(/docs\/operations\.md#a-key-is-changed$/)
  expect(sections.has('a-key-is-changed')).toBe(true)
})

test('the dashboard is called as the hub’s stack, and shows what waits, fails and is refused', () => {
  const [[, dashboard] = []] = ofType('AWS::CloudWatch::Dashboard', watch)
  const body = JSON.stringify(dashboard?.Properties['DashboardBody'])
  expect(dashboard?.Properties['DashboardName']).toBe('ReferralHub-trial')
  for (const shown of [
    'ApproximateAgeOfOldestMessage',
    'referral-hub-trial-parked',
    '5xx',
    'Throttles',
    'SignatureFailures',
  ])
    expect(body).toContain(shown)
})

test('nothing is traced: X-Ray would see requests', () => {
  const hub = templateOf(outdir => hubApp({ outdir, watched: false }).app)
  for (const [id, { Properties }] of ofType('AWS::Lambda::Function', hub))
    expect(Properties, id).not.toHaveProperty('TracingConfig')
})
