// The page of permissions is what is deployed, nothing on it is without its reason, and no permission is left off it.
// What must never be on it: permissions.rules.test.ts.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { answersOf, findingsIn } from '../../infra/permissions/answers.ts'
import { pageOf } from '../../infra/permissions/page.ts'
import { type Permissions, permissionsIn } from '../../infra/permissions/read.ts'
import { page } from '../../infra/permissions/run.ts'
import { Template, Unreadable } from '../../infra/permissions/template.ts'
import { hubTemplate } from './template.ts'

const remake =
  'docs/reference/permissions.md is not what is deployed: npm run permissions -- --write'

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>

/** The deployed template with a change. */
const changed = (change: (resources: Resources) => void): Permissions => {
  const copy = structuredClone(hubTemplate)
  change(copy.Resources)
  return permissionsIn(Template.parse(copy))
}
const resourceIn = (resources: Resources, id: string) => {
  const found = resources[id]
  if (!found) throw new Error(`no ${id}`)
  return found
}
type Loose = { Sid?: string; Condition?: Record<string, unknown> }
const policyIn = (resources: Resources, role: string): Loose[] => {
  const [policy] = resourceIn(resources, role).Properties['Policies'] as [
    { PolicyDocument: { Statement: Loose[] } },
  ]
  return policy.PolicyDocument.Statement
}
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const statement = (more: object) => ({ Sid: 'More', Effect: 'Allow', ...more })
const withStatement = (role: string, more: object) =>
  changed(resources => void policyIn(resources, role).push(statement(more)))

test('the page is what is deployed', () => {
  expect(readFileSync(page, 'utf8') === pageOf(changed(() => {})), remake).toBe(true)
})

test('every permission that is deployed has its reason, and every function says what it is for', () => {
  const deployed = changed(() => {})
  expect(findingsIn(deployed)).toEqual([])
  for (const { name, why, may } of deployed.functions) {
    expect(why, name).toMatch(/^[A-Z].*\.$/)
    for (const { reasons } of may)
      for (const reason of reasons) expect(reason.why, reason.from).toMatch(/^[a-z].*[^.]$/)
  }
})

test.each([
  ['an action more', { Action: 'dynamodb:Scan', Resource: arn('ConsentLedger') }],
  [
    'an index',
    { Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [arn('Outbox'), '/index/owed']] } },
  ],
  ['another table', { Action: 'dynamodb:GetItem', Resource: arn('Outbox') }],
  ['a key', { Action: 'kms:Sign', Resource: arn('LogKey') }],
  ['a parked queue', { Action: 'sqs:ReceiveMessage', Resource: arn('ParkedIGM') }],
  ['any row where rows are named', { Action: 'dynamodb:PutItem', Resource: arn('AccessLog') }],
  ['another log', { Action: 'logs:PutLogEvents', Resource: arn('GetMeLogs') }],
])('%s: a permission that no capability asks for is found', (_, more) => {
  const wide = withStatement('PostReferralRole', more)
  expect(findingsIn(wide)).toHaveLength(1)
  expect(findingsIn(wide)[0]).toMatch(/^nothing says why post-referral may /)
  expect(pageOf(wide)).toContain('**Nothing says why:**')
})

test('a key that is given without the condition that its capability asks for is found', () => {
  const wide = changed(resources => {
    const open = policyIn(resources, 'PullInboxRole').find(({ Sid }) => Sid === 'EnvelopeOpen')
    delete open?.Condition
  })
  expect(findingsIn(wide)).toEqual(['nothing says why pull-inbox may kms:Decrypt on EnvelopeKey'])
})

test('what is let through for a transaction’s sake is said, and nothing else is that nobody asks for', () => {
  const { functions } = changed(() => {})
  const wider = new Set(
    functions.flatMap(({ name, may }) =>
      may.flatMap(one => one.wider.map(({ action, rows }) => `${name} ${action} ${rows}`)),
    ),
  )
  const sequencing = hubFunctions.filter(({ may }) => may.includes('access-log:sequence'))
  const [guards, contents] = (['referrals:release-guards', 'envelopes:destroy'] as const).map(one =>
    hubFunctions.flatMap(({ name, may }) => (may.includes(one) ? [name] : [])),
  )
  // A referral that ends frees its person or loses its content; one that is passed on is made of another.
  const onReferrals = [
    ...new Set([...(guards ?? []), ...(contents ?? [])].map(one => `${one} Delete referral#*`)),
    ...(guards ?? []).map(one => `${one} Update person#*`),
    ...(contents ?? []).map(one => `${one} Update envelope#*`),
    'post-handover Update envelope#*',
    'post-handover Update folio#*',
  ].map(one => one.replace(/ (Delete|Update) /, ' dynamodb:$1Item '))
  expect([...wider].toSorted()).toEqual(
    sequencing
      .flatMap(({ name, may }) => [
        ...['head', 'tile#*', 'entry#*'].map(rows => `${name} dynamodb:DeleteItem ${rows}`),
        ...['pending', 'pending#*', 'entry#*'].map(rows => `${name} dynamodb:UpdateItem ${rows}`),
        `${name} dynamodb:PutItem tile#*`,
        // Who adds what is pending asks for it.
        ...(may.includes('access-log:append')
          ? []
          : ['pending', 'pending#*'].map(rows => `${name} dynamodb:PutItem ${rows}`)),
      ])
      .concat(onReferrals)
      .toSorted(),
  )
})

test('an action on rows that it is not for is found, though both are asked for apart', () => {
  const wide = changed(resources => {
    const put = policyIn(resources, 'PostReferralRole').find(({ Sid }) => Sid === 'RequestsPutItem')
    Object.assign(put ?? {}, { Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'] })
  })
  expect(findingsIn(wide)).toEqual(
    ['nonce#*', 'answer#*'].map(
      rows => `nothing says why post-referral may dynamodb:UpdateItem on Requests (${rows})`,
    ),
  )
})

test('a function, a role or an invoker that nothing is known of is found', () => {
  const found = changed(resources => {
    resources['Other'] = structuredClone(resourceIn(resources, 'GetMe'))
    resources['LooseRole'] = structuredClone(resourceIn(resources, 'GetMeRole'))
    const invoker = Object.values(resources).find(({ Type }) => Type === 'AWS::Lambda::Permission')
    delete invoker?.Properties['SourceArn']
  })
  expect(findingsIn(found)).toEqual(
    expect.arrayContaining([
      'apigateway.amazonaws.com may invoke post-referral for whom it likes: no SourceArn',
      'other has no line in infra/functions.ts',
      'LooseRole is no function’s role, and nothing says what it is for',
    ]),
  )
})

test('the answers come from the statements: who could open and list would be named', () => {
  const line = 'No function may both open an envelope and list referrals.'
  expect(pageOf(changed(() => {}))).toContain(line)
  const both = withStatement('GetReferralRole', {
    Action: 'kms:Decrypt',
    Resource: arn('EnvelopeKey'),
  })
  expect(pageOf(both)).not.toContain(line)
  expect(pageOf(both)).toContain('- **get-referral** may both open an envelope and list referrals.')
  const { who, resources } = answersOf(both)
  expect(who.find(({ power }) => power === 'open an envelope')?.holders).toEqual([
    'get-referral',
    'pull-inbox',
    'release-referral',
  ])
  const ledger = resources.find(({ resource }) => resource === 'ConsentLedger')
  expect(ledger?.nobody).toEqual(
    expect.arrayContaining(['dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:Scan']),
  )
})

const says = (one: Permissions) =>
  pageOf(one).replaceAll(/\s+/g, ' ').includes(', or a call that names none.')

test('a condition that a call without any value passes says so', () => {
  const lax = changed(resources => {
    const writes = policyIn(resources, 'GetMeRole').find(({ Sid }) => Sid === 'AccessLogPutItem')
    delete writes?.Condition?.['Null']
  })
  expect([says(changed(() => {})), says(lax)]).toEqual([false, true])
})

test('another resource’s policy is on the page, of whatever type it is', () => {
  const text = pageOf(
    changed(resources => {
      const topic = statement({ Action: 'sns:Publish', Principal: '*', Resource: '*' })
      resources['TopicPolicy'] = {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: { PolicyDocument: { Statement: [topic] } },
      }
    }),
  )
  expect(text).toContain('The own policy of `Topic` lets anybody publish (`sns:Publish`)')
})

test.each([
  ['NotAction', { NotAction: 'kms:Sign', Resource: '*' }],
  ['NotResource', { Action: 'kms:Sign', NotResource: arn('LogKey') }],
])('%s cannot be shown, and is refused', (_, more) => {
  expect(() => withStatement('GetMeRole', more)).toThrow(Unreadable)
})

test('what has no words cannot be shown, and is refused', () => {
  const on = { Resource: arn('Directory') }
  const action = withStatement('GetMeRole', { Action: 'dynamodb:RestoreTable', ...on })
  expect(() => pageOf(action)).toThrow('no words for dynamodb:RestoreTable')
  const Condition = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }
  const when = withStatement('GetMeRole', { Action: 'dynamodb:BatchGetItem', ...on, Condition })
  expect(() => pageOf(when)).toThrow('no words for the condition IpAddress aws:SourceIp')
})

test('permissions that come from elsewhere are refused: a managed policy, a user', () => {
  expect(() =>
    changed(resources => {
      resourceIn(resources, 'GetMeRole').Properties['ManagedPolicyArns'] = [
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
      ]
    }),
  ).toThrow('GetMeRole has ManagedPolicyArns')
  expect(() =>
    changed(resources => {
      resources['Somebody'] = { Type: 'AWS::IAM::User', Properties: {} }
    }),
  ).toThrow('AWS::IAM::User')
})
