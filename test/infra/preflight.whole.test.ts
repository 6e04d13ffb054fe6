// npm run preflight: what it asks of an account, what it says of the answers, and how it ends.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type Facts, factsOf } from '../../infra/account/facts.ts'
import { exitOf, findingsOf, shown } from '../../infra/preflight.ts'
import { Settings, namesOf } from '../../infra/stage.ts'
import { awsServer } from '../functions/aws/aws-server.ts'

afterEach(() => vi.unstubAllEnvs())

const stageOf = (said: object = {}) => ({
  stage: 'trial',
  settings: Settings.parse({
    authority: 'hub.ngo.gt',
    rate: { perSecond: 200, burst: 400 },
    alarms: { emails: ['oncall@ngo.gt'] },
    ...said,
  }),
})

/** An account that everything is right in, before the first deployment. */
const ready: Facts = {
  region: { is: 'us-east-1' },
  caller: { is: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/operator' } },
  toolkit: { is: { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '30' } } },
  hub: { is: { data: undefined, doors: undefined } },
  concurrency: { is: 1000 },
  queues: { is: [] },
}
const doors = {
  status: 'UPDATE_COMPLETE',
  outputs: { HubName: 'hub.ngo.gt', Authority: 'hub.ngo.gt' },
}
const live = { data: { status: 'UPDATE_COMPLETE', outputs: {} }, doors }

test('an account where all is right is exit 0, before the first deployment and later', () => {
  const queues = { is: ['referral-hub-trial-inbox-IGM.fifo'] }
  for (const facts of [ready, { ...ready, hub: { is: live }, queues }]) {
    const findings = findingsOf(stageOf(), facts)
    expect(findings.filter(({ is }) => is !== 'good')).toEqual([])
    expect([exitOf(findings), findings.length]).toEqual([0, 7])
  }
})

test.each<[string, Partial<Facts>, object, RegExp]>([
  [
    'settings',
    {},
    { authority: 'hub.example.org' },
    /\/authority: hub\.example\.org is an example/,
  ],
  ['settings', {}, { alarms: { emails: [] } }, /nobody would hear of alarms/],
  [
    'bootstrap',
    { toolkit: { is: undefined } },
    {},
    /npx cdk bootstrap aws:\/\/123456789012\/us-east-1/,
  ],
  [
    'bootstrap',
    { toolkit: { is: { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '5' } } } },
    {},
    /version 5 is too old/,
  ],
  [
    'concurrency',
    { concurrency: { is: 10 } },
    {},
    /runs 10 functions at once.*request-service-quota-increase/,
  ],
  ['names', { queues: { is: ['referral-hub-trial-inbox-IGM.fifo'] } }, {}, /a hub was deleted/],
  ['what is live', { hub: { is: live } }, { name: 'other.ngo.gt' }, /would call it other\.ngo\.gt/],
  [
    'what is live',
    { hub: { is: live } },
    { authority: 'other.ngo.gt' },
    /would make it other\.ngo\.gt/,
  ],
  [
    'what is live',
    { hub: { is: { ...live, doors: { ...doors, status: 'UPDATE_IN_PROGRESS' } } } },
    {},
    /ReferralHub-trial-Doors is UPDATE_IN_PROGRESS: .* Wait until/,
  ],
])('%s: %j with %j is to be mended, and it says how', (about, facts, said, how) => {
  const findings = findingsOf(stageOf(said), { ...ready, ...facts })
  const wrong = findings.filter(({ is }) => is !== 'good')
  expect(wrong).toEqual([{ about, is: 'bad', says: expect.stringMatching(how) }])
  expect(exitOf(findings)).toBe(1)
  expect(shown(findings)).toMatch(new RegExp(`^MEND  ${about}`, 'm'))
})

test('what an account does not answer is said, and is exit 3; what is to be mended outweighs it', () => {
  const silent = { ...ready, concurrency: { unknown: 'AccessDenied: no' } }
  const findings = findingsOf(stageOf(), silent)
  expect(exitOf(findings)).toBe(3)
  expect(shown(findings)).toMatch(
    /concurrency +could not be checked: AccessDenied[^]*Not checked, for lack of an answer: concurrency\./,
  )
  expect(exitOf(findingsOf(stageOf(), { ...silent, toolkit: { is: undefined } }))).toBe(1)
})

const stack = (outputs: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>x</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
const identity =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/operator</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'
const missing =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ReferralHub-trial does not exist</Message></Error></ErrorResponse>'

/** An account on loopback, of which every service answers. */
const account = () =>
  awsServer((response, { path, headers, body }) => {
    const xml = (text: string, status = 200) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text)
    if (path.includes('/account-settings'))
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"AccountLimit":{"ConcurrentExecutions":10}}')
    else if (String(headers['x-amz-target']).endsWith('.ListQueues'))
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(
          '{"QueueUrls":["https://sqs.us-east-1.amazonaws.com/1/referral-hub-trial-inbox-IGM.fifo"]}',
        )
    else if (body.includes('GetCallerIdentity')) xml(identity)
    else if (body.includes('CDKToolkit'))
      xml(
        stack(
          '<member><OutputKey>BootstrapVersion</OutputKey><OutputValue>30</OutputValue></member>',
        ),
      )
    else xml(missing, 400)
  })

test('what it asks is answered by AWS’s APIs as they are, and nothing of it changes anything', async () => {
  const { endpoint, asked } = await account()
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'operator')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  expect(await factsOf(namesOf('trial'))).toEqual({
    ...ready,
    toolkit: { is: { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '30' } } },
    concurrency: { is: 10 },
    queues: { is: ['referral-hub-trial-inbox-IGM.fifo'] },
  })
  const actions = asked.map(
    ({ path, headers, body }) =>
      String(headers['x-amz-target'] ?? '').replace(/^.*\./, '') ||
      (new URLSearchParams(body).get('Action') ??
        path.replace(/^.*\/(?=account)/, '').replace('/', '')),
  )
  expect(actions.toSorted()).toEqual([
    'DescribeStacks',
    'DescribeStacks',
    'DescribeStacks',
    'GetCallerIdentity',
    'ListQueues',
    'account-settings',
  ])
})

const command = (args: string[], env: Record<string, string> = {}) =>
  new Promise<[code: number | null, out: string]>(resolve => {
    const file = join(import.meta.dirname, '../../infra/preflight.ts')
    const child = spawn(process.execPath, [file, ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        AWS_EC2_METADATA_DISABLED: 'true',
        // It reads some hundred sources: compiled once, for all runs.
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        ...env,
      },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.on('close', code => resolve([code, out]))
  })

test('without an account it says what it could not check; wrong usage is exit 2', async () => {
  const [code, out] = await command(['--stage', 'prod'])
  // The examples of the checkout’s own stage are to be mended, with an account or without.
  expect([code, out.match(/^\? {5}/gm)?.length]).toEqual([1, 6])
  expect(out).toContain('Not checked, for lack of an answer: region, credentials, bootstrap')
  expect(out).not.toContain('    at ')
  const [wrong, told] = await command(['--stag', 'prod'])
  expect([wrong, told]).toEqual([2, expect.stringContaining('Exit codes: 0 it can')])
})
