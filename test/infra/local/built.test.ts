// What the hubs of these tests are made of: bundles, as deployed. That a hub also runs from its sources is what
// start.test.ts shows, whose hubs are told of no bundles.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultRate } from '../../../events/rate.ts'
import { hubFunctions } from '../../../infra/functions.ts'
import { builtTemplate, moduleOf } from '../../../infra/local/built.ts'
import { synthesize } from '../../../infra/local/template.ts'

const toldOf = (folder: string) => {
  vi.stubEnv('HUB_BUILT', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('a hub told of no folder loads the sources of its functions, and synthesizes', () => {
  toldOf('')
  const entry = 'functions/referral/post.ts'
  const root = new URL('../../../', import.meta.url)
  expect(moduleOf(entry)).toBe(new URL(entry, root).href)
  expect(builtTemplate()).toBeUndefined()
})

test('what the tests’ hubs are told of has the bundle of every function of the table, and nothing in it is a source', () => {
  for (const { name, module } of hubFunctions) {
    const file = moduleOf(`functions/${module}.ts`)
    expect(file).toMatch(new RegExp(`/functions/${name}/index\\.mjs$`))
    expect(readFileSync(fileURLToPath(file), 'utf8')).not.toMatch(/from\s*["']\.{1,2}\//)
  }
})

test('its template is the one that is synthesized, for the rate that it was made for and no other', async () => {
  const json = JSON.stringify(await synthesize(defaultRate))
  expect(JSON.stringify(builtTemplate())).toBe(json)
  expect(JSON.stringify(builtTemplate(defaultRate))).toBe(json)
  expect(builtTemplate({ perSecond: 3, burst: 5 })).toBeUndefined()
})

test('a folder without the bundle is refused by its name: no function runs from sources beside others that do not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-half-built-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'functions/post-referral'), { recursive: true })
  writeFileSync(join(folder, 'functions/post-referral/index.mjs'), '')
  toldOf(folder)
  expect(moduleOf('functions/referral/post.ts')).toContain(folder)
  expect(() => moduleOf('functions/referral/get.ts')).toThrow(
    `the hub built in ${folder} has no bundle of functions/referral/get.ts`,
  )
  expect(() => moduleOf('functions/none.ts')).toThrow('no bundle of functions/none.ts')
})
