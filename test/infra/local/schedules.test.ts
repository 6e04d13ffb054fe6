import { expect, test } from 'vitest'
import { repeat, startSchedules } from '../../../infra/local/schedules.ts'
import { lambda, machineWith } from './fragment.ts'

type Counted = { runs: number; overlapped: boolean; events: Record<string, unknown>[] }

test('a scheduled function runs at once, and its failure is logged and no more', async () => {
  const machine = await machineWith(
    {
      Tick: lambda('tick', 'EchoRole'),
      TickSchedule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 minute)',
          State: 'ENABLED',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Tick', 'Arn'] }, Id: 'Target0' }],
        },
      },
      Never: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 minute)',
          State: 'DISABLED',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Tick', 'Arn'] }, Id: 'Target0' }],
        },
      },
    },
    { clockOffsetMs: 86_400_000 },
  )
  const counted = async () => (await machine.invoke('referral-hub-Tick', { ask: true })) as Counted
  machine.serve()
  await expect.poll(() => machine.logged.join(), { timeout: 10_000 }).toContain('a failing pass')
  const { runs, events } = await counted()
  expect(runs).toBe(1)
  expect(events).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/referral-hub-TickSchedule'],
      detail: {},
    },
  ])
  const ahead = new Date(String(events[0]?.['time'])).getTime() - Date.now()
  expect(Math.abs(ahead - 86_400_000)).toBeLessThan(20_000)
  expect((await fetch(`${machine.url}/v1/things/1`)).status).toBe(200)
})

test('a schedule never overlaps with itself, goes on after a failure, and stops after the run in hand', async () => {
  let runs = 0
  let running = 0
  let overlapped = false
  const logged: string[] = []
  const task = async () => {
    overlapped ||= running > 0
    running++
    runs++
    await new Promise(done => setTimeout(done, 60))
    running--
    if (runs === 1) throw new Error('once')
  }
  const schedule = repeat('s', 5, task, { report: line => logged.push(line) })
  await expect.poll(() => runs).toBeGreaterThanOrEqual(3)
  await schedule.stop()
  const seen = runs
  expect({ overlapped, running, logged: logged.length }).toEqual({
    overlapped: false,
    running: 0,
    logged: 1,
  })
  await new Promise(done => setTimeout(done, 100))
  expect(runs).toBe(seen)
})

test('the first runs come one after another, each of them once, and a stop leaves out those that have not begun', async () => {
  const told: string[] = []
  const ends: (() => void)[] = []
  const invoke = (name: string) =>
    new Promise<void>((resolve, reject) => {
      told.push(name)
      ends.push(name === 'one' ? () => reject(new Error('once')) : resolve)
    })
  const schedules = ['one', 'two', 'three'].map(name => ({
    name,
    arn: `arn:aws:events:us-east-1:000000000000:rule/${name}`,
    function: name,
    everySeconds: 60,
  }))
  const running = startSchedules(
    schedules,
    invoke,
    () => new Date(0),
    () => {},
  )
  await expect.poll(() => told).toEqual(['one'])
  ends[0]?.()
  await expect.poll(() => told).toEqual(['one', 'two'])
  const stopped = running.stop()
  ends[1]?.()
  await stopped
  expect(told).toEqual(['one', 'two'])
})

test('a schedule that is no rate is an error', async () => {
  const cron = {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'cron(0 * * * ? *)',
      Targets: [{ Arn: { 'Fn::GetAtt': ['Echo', 'Arn'] } }],
    },
  }
  await expect(machineWith({ Cron: cron })).rejects.toThrow('cron(0 * * * ? *)')
})
