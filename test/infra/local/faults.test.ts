// What AWS has and one machine has not, switched on: instances with one call each, cold starts, schedules that fire
// twice; conflicts, throttles, lost answers and late indexes by seed.
import { expect, test } from 'vitest'
import type { AwsAnswer } from '../../../infra/local/aws-error.ts'
import type { AwsCall } from '../../../infra/local/aws-endpoint.ts'
import { type Faults, faultsBySeed, seeded } from '../../../infra/local/faults.ts'
import { machineWith, lambda } from './fragment.ts'

const passed: AwsAnswer = { status: 200, headers: {}, body: '{}' }
const none: Faults = {
  around: (call, pass) => pass(call.body),
  indexed: async () => {},
  isCold: () => false,
  isDoubled: () => false,
}
const call = (service: AwsCall['service'], operation: string, body: object): AwsCall => ({
  caller: 'PostReferralRole',
  service,
  operation,
  body: Buffer.from(JSON.stringify(body)),
})

/** What becomes of a thousand of the same call: how often it was passed on, and how often each error was answered. */
const met = async (one: AwsCall, seed = 1): Promise<Record<string, number>> => {
  const { around } = faultsBySeed(seed)
  const counts: Record<string, number> = { passed: 0 }
  for (let n = 0; n < 1000; n++) {
    const answer = await around(one, async () => {
      counts['passed'] = (counts['passed'] ?? 0) + 1
      return passed
    })
    const said = answer.body.toString()
    const { CancellationReasons: [reason] = [], __type = 'well' } = JSON.parse(said) as {
      CancellationReasons?: { Code: string }[]
      __type?: string
    }
    const name = reason?.Code ?? __type.slice(__type.indexOf('#') + 1)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const series = (seed: number) => Array.from({ length: 5 }, seeded(seed))

test('a seed is a series of numbers, and each its own', () => {
  expect(series(14)).toEqual(series(14))
  expect(series(14)).not.toEqual(series(15))
  expect(series(14).every(n => n >= 0 && n < 1)).toBe(true)
})

test('each service meets what it can meet; most calls meet nothing', async () => {
  const put = { TableName: 'T', Item: { pk: { S: 'a' } } }
  const transact = call('dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: put }] })
  const some = expect.any(Number)
  const counts = await met(transact)
  expect(counts).toEqual({
    passed: some,
    well: some,
    ProvisionedThroughputExceeded: some,
    TransactionConflict: some,
    InternalServerError: some,
  })
  // What was answered with an error took effect.
  expect(counts['passed']).toBe((counts['well'] ?? 0) + (counts['InternalServerError'] ?? 0))
  expect(counts['well']).toBeGreaterThan(800)
  expect(await met(transact)).toEqual(counts)
  expect(Object.keys(await met(call('dynamodb', 'PutItem', put))).toSorted()).toEqual([
    'InternalServerError',
    'ProvisionedThroughputExceededException',
    'TransactionConflictException',
    'passed',
    'well',
  ])
  expect(Object.keys(await met(call('kms', 'Decrypt', {})))).toContain('ThrottlingException')
  expect(Object.keys(await met(call('sqs', 'SendMessage', {})))).toContain('RequestThrottled')
})

test('no call is met more than twice in a row: functions try three times', async () => {
  const { around } = faultsBySeed(1)
  const one = call('sqs', 'SendMessage', {})
  let inARow = 0
  const rows: number[] = []
  for (let n = 0; n < 20_000; n++) {
    const { status } = await around(one, async () => passed)
    inARow = status === 200 ? 0 : inARow + 1
    rows.push(inARow)
  }
  expect(new Set(rows)).toEqual(new Set([0, 1, 2]))
})

test('an index shows a row a moment after its write; a table at once', async () => {
  const { around } = faultsBySeed(74)
  const row = { pk: { S: 'a' }, sk: { S: 'b' } }
  const found = { ...passed, body: JSON.stringify({ Items: [row], Count: 1 }) }
  const asked = async (more: object) => {
    const answer = await around(
      call('dynamodb', 'Query', { TableName: 'T', ...more }),
      async () => found,
    )
    return (JSON.parse(answer.body.toString()) as { Items: object[] }).Items
  }
  await around(call('dynamodb', 'UpdateItem', { TableName: 'T', Key: row }), async () => passed)
  expect(await asked({ IndexName: 'due' })).toEqual([])
  expect(await asked({})).toEqual([row])
  await expect.poll(() => asked({ IndexName: 'due' })).toEqual([row])
})

test('an instance has one call at a time: one that crashes takes nobody along', async () => {
  const machine = await machineWith({}, { faults: none })
  const echo = (what: string) =>
    machine.invoke('referral-hub-Echo', { queryStringParameters: { do: what }, headers: {} })
  const [slow, crash] = await Promise.allSettled([echo('slow'), echo('crash')])
  expect([slow.status, crash.status]).toEqual(['fulfilled', 'rejected'])
})

test('a function may have lost its instance, and a schedule may fire twice', async () => {
  const tick = lambda('tick', 'EchoRole')
  const schedule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': ['Tick', 'Arn'] }, Id: 'Target0' }],
    },
  }
  let calls = 0
  const isCold = () => {
    calls += 1
    return true
  }
  const machine = await machineWith(
    { Tick: tick, TickSchedule: schedule },
    { faults: { ...none, isCold, isDoubled: () => true } },
  )
  const born = async () =>
    ((await machine.invoke('referral-hub-Inspect', {})) as { born: string }).born
  const first = await born()
  expect(await born()).not.toBe(first)
  calls = 0
  await expect(machine.invoke('referral-hub-Tick', {})).rejects.toThrow('a failing pass')
  expect(calls).toBe(2)
})
