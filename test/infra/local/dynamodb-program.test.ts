// Which DynamoDB server is started, and what a machine without one is told.
import { chmodSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  installCommand,
  programVersion,
  serverProgram,
} from '../../../infra/local/dynamodb-program.ts'
import { startDynamoDb } from '../../../infra/local/dynamodb.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder('program')

/** As where npm brings none: another system's package is asked for. */
const packaged = '@dynoxide/plan9-mips/dynoxide'
const ours = serverProgram({ path: '', warn: () => {}, report: () => {} })

/** A folder of a PATH whose `dynoxide` is a program that says what `script` prints. */
const withProgram = (name: string, script: string, mode = 0o755) => {
  const there = mkdtempSync(join(folder, `${name}-`))
  const file = join(there, 'dynoxide')
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, mode)
  return { there, file }
}
const lookUp = (path: string) => {
  const warnings: string[] = []
  const found = () =>
    serverProgram({ packaged, path, warn: line => warnings.push(line), report: () => {} })
  return { found, warnings }
}

describe('where npm brings a server', () => {
  test('it is that one, whatever is on the PATH', () => {
    const { there } = withProgram('other', 'echo dynoxide 9.9.9')
    expect(serverProgram({ path: there, warn: () => {}, report: () => {} })).toBe(ours)
  })
})

describe('where npm brings none', () => {
  test('the first dynoxide on the PATH is taken, silently where it is the version that was tested', () => {
    const { there: plain } = withProgram('plain', 'echo never', 0o644)
    const { there, file } = withProgram('right', `echo dynoxide ${programVersion}`)
    const { found, warnings } = lookUp([plain, '', join(folder, 'nowhere'), there].join(delimiter))
    expect(found()).toBe(file)
    expect(warnings).toEqual([])
  })

  test('another version is taken, and said with the command that installs ours', () => {
    const { there, file } = withProgram('newer', 'echo dynoxide 3.0.0')
    const { found, warnings } = lookUp(there)
    expect(found()).toBe(file)
    expect(warnings).toEqual([expect.stringContaining(installCommand)])
    expect(warnings[0]).toMatch(/version 3\.0\.0; .* tested with/)
  })

  test.each([
    ['does not start', 'exit 3'],
    ['is another program', 'echo something else'],
  ])('one that %s is named, and nothing is started', (_, script) => {
    const { there, file } = withProgram('broken', script)
    expect(lookUp(there).found).toThrow(file)
    expect(lookUp(there).found).toThrow(installCommand)
  })

  test('nothing on the PATH: the message names the one command', () => {
    expect(lookUp(folder).found).toThrow(installCommand)
    expect(lookUp(folder).found).toThrow('HUB_DYNAMODB_ENDPOINT')
  })

  test('the README names the same command, and package.json the same version', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(installCommand)
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>
    }
    expect(optionalDependencies['@dynoxide/linux-x64']).toBe(programVersion)
  })
})

test('a server from the PATH is started, and ends with the hub though a script stands before it', async () => {
  const { there } = withProgram('wrapper', `exec "${join(folder, 'real')}" "$@"`)
  symlinkSync(ours, join(folder, 'real'))
  const data = mkdtempSync(join(folder, 'data-'))
  const server = await startDynamoDb({
    folder: data,
    foreign: undefined,
    report: () => {},
    path: there,
    packaged,
  })
  const { status } = await server.call('DynamoDB_20120810.ListTables', '{}')
  expect(status).toBe(200)
  await server.stop()
  await expect(server.call('DynamoDB_20120810.ListTables', '{}')).rejects.toThrow()
})
