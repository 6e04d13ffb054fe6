// npm run permissions: what it prints, and how it ends.
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { permissionsCommand } from '../../infra/permissions/run.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hubTemplate } from './template.ts'

const command = join(import.meta.dirname, '../../infra/permissions/run.ts')
const folder = temporaryFolder('permissions-test')

// Read from a file: a synthesis for each of them would take longer than everything else.
const fileWith = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const deployed = fileWith('deployed.json', JSON.stringify(hubTemplate))

const permissions = (...args: string[]) => {
  const told: string[] = []
  const { text, exit } = permissionsCommand(args, line => void told.push(line))
  return { status: exit, stdout: text, stderr: told.join('\n') }
}

test('--help says what there is and how it ends', () => {
  const { status, stdout, stderr } = permissions('--help')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/--function NAME[^]*--json[^]*Exit codes: 0/)
})

test('--function shows one function, in sentences, with the reason beside each permission', () => {
  const { status, stdout } = permissions('--template', deployed, '--function', 'relay-outbox')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^### relay-outbox\n/)
  expect(stdout.match(/^### /gm)).toHaveLength(1)
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '- It may read rows by their keys (`dynamodb:BatchGetItem`) in **Referrals**, only rows whose partition key is `envelope#*`. - `envelopes:send`: it takes the sealed content along',
  )
  expect(stdout).toContain('It runs at `rate(1 minute)`.')
})

const Printed = z.object({
  functions: z.array(
    z.object({
      name: z.string(),
      may: z.array(z.object({ reasons: z.array(z.unknown()).min(1) })),
    }),
  ),
  answers: z.object({ who: z.array(z.unknown()).min(1) }).optional(),
  findings: z.array(z.string()),
})

test('--json is one object, of all functions or of one', () => {
  const whole = Printed.parse(JSON.parse(permissions('--template', deployed, '--json').stdout))
  expect(whole.functions.length).toBeGreaterThan(20)
  expect([whole.findings, whole.answers?.who.length]).toEqual([[], 14])
  const args = ['--template', deployed, '--json', '--function', 'get-openapi']
  const one = Printed.parse(JSON.parse(permissions(...args).stdout))
  expect(one.functions.map(({ name }) => name)).toEqual(['get-openapi'])
})

test('of the template as it would be deployed now it says that the page is up to date', () => {
  expect(permissions('--check')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('a permission that nothing explains is exit 1, and said', () => {
  const more = JSON.stringify(hubTemplate).replace(
    '"dynamodb:ConditionCheckItem"',
    '"dynamodb:Scan"',
  )
  const { status, stdout, stderr } = permissions('--template', fileWith('wide.json', more))
  expect(status).toBe(1)
  expect(stderr).toMatch(/^nothing says why [a-z-]+ may dynamodb:Scan on /)
  expect(stdout).toContain('## What must not be')
})

test.each([
  [['--functoin', 'x'], '--functoin'],
  [['pull-inbox'], 'pull-inbox'],
  [['--template', deployed, '--function', 'pull'], 'There are post-referral, '],
  [['--template', join(folder, 'none.json')], 'none.json'],
  [['--template', fileWith('no.json', '{"Parameters":{}}')], 'no CloudFormation template'],
  [['--template', fileWith('empty.json', '{"Resources":{}}')], 'the template has no function'],
  [['--check', '--json'], '--check is about the whole page'],
  [['--check', '--write'], '--write or --check'],
])('%j is wrong usage, and says why', (args, told) => {
  const { status, stdout, stderr } = permissions(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(told)
  expect(stderr).not.toContain('    at ')
})

const ends = (args: string[], stdout: 'pipe' | number) =>
  new Promise<number | null>(resolve => {
    const child = spawn(process.execPath, [command, ...args], {
      stdio: ['ignore', stdout, 'ignore'],
    })
    child.stdout?.destroy()
    child.on('exit', resolve)
  })

test('a reader that had enough is no fault', async () => {
  expect(await ends(['--template', deployed], 'pipe')).toBe(0)
})

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is exit 3', async () => {
  const full = openSync('/dev/full', 'w')
  expect(await ends(['--template', deployed], full)).toBe(3)
  closeSync(full)
})
