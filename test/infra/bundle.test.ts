// Bundling, on modules made for the test.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleFunctions } from '../../infra/bundle.ts'

let folder = ''
const named = (...names: string[]) => names.map(name => ({ name, module: `of-one/${name}` }))
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-bundle-'))
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'functions/of-one'), { recursive: true })
  writeFileSync(
    join(folder, 'functions/of-one/get-one.ts'),
    `import { KMSClient } from '@aws-sdk/client-kms'
export const handler = async (): Promise<unknown> => new KMSClient({}).config.credentials()`,
  )
  writeFileSync(join(folder, 'functions/of-one/get-two.ts'), `export const handler = async () => 2`)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('each function is one file with what it imports, and nothing of the others', async () => {
  const outdir = join(folder, 'out')
  const sizes = await bundleFunctions(
    named('get-one', 'get-two'),
    join(folder, 'functions'),
    outdir,
  )
  expect(sizes.get('get-two')).toBeLessThan(100)
  expect(sizes.get('get-one')).toBeGreaterThan(10_000)
  const two = (await import(join(outdir, 'get-two/index.mjs'))) as {
    handler: () => Promise<number>
  }
  expect(await two.handler()).toBe(2)
})

test('a bundled function takes its credentials from the environment, and looks nowhere else', async () => {
  const outdir = join(folder, 'out-credentials')
  await bundleFunctions(named('get-one'), join(folder, 'functions'), outdir)
  const one = (await import(join(outdir, 'get-one/index.mjs'))) as {
    handler: () => Promise<Record<string, unknown>>
  }
  const before = { ...process.env }
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'GetOneRole',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  try {
    expect(await one.handler()).toMatchObject({ accessKeyId: 'GetOneRole' })
    delete process.env['AWS_ACCESS_KEY_ID']
    await expect(one.handler()).rejects.toThrow('environment variable')
  } finally {
    process.env = before
  }
})

test('a function of the table without its module is named', async () => {
  await expect(
    bundleFunctions(named('get-one', 'get-three'), join(folder, 'functions'), join(folder, 'none')),
  ).rejects.toThrow(/no such module: \S*functions\/of-one\/get-three\.ts$/)
})
