import { describe, expect, test } from 'vitest'
import { machineWith } from './fragment.ts'

type Inspected = {
  environment: Record<string, string>
  born: string
  now: number
  newDate: string
  text: string
  given: string
  isDate: boolean
  sameClass: boolean
  utc: number
}
const inspect = async (machine: { invoke: (name: string, event: unknown) => Promise<unknown> }) =>
  (await machine.invoke('referral-hub-Inspect', {})) as Inspected

describe('a function’s thread', () => {
  test('has the environment that the template gives the function, what Lambda sets, and nothing else', async () => {
    process.env['SECRET_OF_THE_OPERATOR'] = 'not for functions'
    const machine = await machineWith()
    const { environment } = await inspect(machine)
    expect(environment).toEqual({
      TABLE: 'referral-hub-Things',
      HOST: machine.authority,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'referral-hub-Inspect',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ACCESS_KEY_ID: 'InspectRole',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: machine.aws.credentials.sessionToken,
      AWS_ENDPOINT_URL_DYNAMODB: machine.aws.endpoint,
      AWS_ENDPOINT_URL_SQS: machine.aws.endpoint,
      AWS_ENDPOINT_URL_KMS: machine.aws.endpoint,
    })
  })

  test('has the hub’s clock, from the moment its modules are loaded', async () => {
    const yearMs = 365 * 86_400_000
    const machine = await machineWith({}, { clockOffsetMs: yearMs })
    const seen = await inspect(machine)
    const expected = Date.now() + yearMs
    for (const time of [seen.born, seen.newDate, seen.now, seen.text])
      expect(Math.abs(new Date(time).getTime() - expected)).toBeLessThan(5000)
    expect(seen).toMatchObject({
      given: '1970-01-01T00:00:00.000Z',
      isDate: true,
      sameClass: true,
      utc: Date.UTC(2026, 0, 1),
    })
  })

  test('has the machine’s clock when none is given', async () => {
    const { now, born } = await inspect(await machineWith())
    expect(Math.abs(now - Date.now())).toBeLessThan(1000)
    expect(Math.abs(new Date(born).getTime() - Date.now())).toBeLessThan(5000)
  })

  test('writes both its outputs to the operational log, line by line', async () => {
    const machine = await machineWith()
    await inspect(machine)
    await expect
      .poll(() => machine.logged.filter(line => line.includes('on std')).toSorted())
      .toEqual(['{"what":"on stderr"}', '{"what":"on stdout"}'])
  })

  test('serves requests at the same time', async () => {
    const machine = await machineWith()
    const slow = () =>
      machine.invoke('referral-hub-Echo', { queryStringParameters: { do: 'slow' }, headers: {} })
    await slow()
    const before = performance.now()
    await Promise.all([slow(), slow(), slow(), slow()])
    expect(performance.now() - before).toBeLessThan(900)
  })

  test('fails what it was doing when it crashes, and only that; the reason is in the log', async () => {
    const machine = await machineWith()
    const call = (what: string) =>
      machine.invoke('referral-hub-Echo', { queryStringParameters: { do: what }, headers: {} })
    await expect(Promise.all([call('hang'), call('crash')])).rejects.toThrow('crashed')
    await expect(call('no-status')).resolves.toEqual({ said: 'plain' })
    await expect(call('throw')).rejects.toThrow('the secret reason')
  })

  test('that cannot even load its module fails each call', async () => {
    const machine = await machineWith({
      Missing: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['EchoRole', 'Arn'] } },
        Metadata: { entry: 'handlers/nowhere.ts' },
      },
    })
    for (let tries = 0; tries < 2; tries++)
      await expect(machine.invoke('referral-hub-Missing', {})).rejects.toThrow('crashed')
    expect(machine.logged.join()).toContain('nowhere.ts')
  })
})
