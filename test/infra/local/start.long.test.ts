// What start.whole.test.ts has a sample of: `npm start` builds what it is made of, and every option that is wrong.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { machineFolder } from './fragment.ts'
import { refusal, serving, startedAndStopped } from './started.ts'

describe('npm start', { timeout: 60_000 }, () => {
  test('builds what it is made of', () => startedAndStopped({}))

  test('ends with 0 on SIGINT too, and with --verbose logs to stderr', async () => {
    const data = join(machineFolder(), 'data')
    const { child, said, ended, url } = await serving([
      '--data',
      data,
      '--verbose',
      '--ephemeral',
      '--now',
      '2027-03-01T09:00:00-06:00',
    ])
    await fetch(`${url}/v1/health`)
    await expect.poll(() => said.err, { timeout: 5000 }).toContain('"time":"2027-03-01T15:0')
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(said.out).toBe(`ready ${url}\n`)
    expect(existsSync(data)).toBe(false)
  })

  test.each([
    [['--port', '80a'], 'It must be a number'],
    [['--port'], 'argument missing'],
    [['--now', '2026-02-30T00:00:00Z'], 'It must be an RFC 3339 time'],
    [['--rate', '0'], 'It must be a whole number from 1'],
    [['--burst', '1.5'], 'It must be a whole number from 1'],
    [['--data', ''], 'It must name a folder'],
    [['serve'], 'too many arguments'],
  ])('refuses %j', async (parameters, said) => {
    expect(await refusal(...parameters)).toContain(said)
  })
})
