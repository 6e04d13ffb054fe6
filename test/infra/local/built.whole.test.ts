// What the hubs of these tests are made of: bundles, as deployed. That a hub also runs from its sources is what
// start.whole.test.ts shows, whose hubs are told of no bundles.
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultRate } from '../../../events/rate.ts'
import { hubApp } from '../../../infra/app.ts'
import { bundleHub } from '../../../infra/bundle-hub.ts'
import { pascal } from '../../../infra/capabilities.ts'
import { hubFunctions } from '../../../infra/functions.ts'
import { builtTemplate, moduleOf } from '../../../infra/local/built.ts'
import { synthesize } from '../../../infra/local/template.ts'
import { type RouteSpec, routes } from '../../../schemas/routes.ts'

const bundleOf = (module: string) => fileURLToPath(moduleOf(`functions/${module}.ts`))

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
    const file = bundleOf(module)
    expect(file).toMatch(new RegExp(`/functions/${name}/index\\.mjs$`))
    const source = readFileSync(file, 'utf8')
    expect(source).not.toMatch(/from\s*["']\.{1,2}\//)
    // It would load a client for HTTP that nobody uses (functions/aws/request-handler.ts).
    expect(source, name).not.toMatch(/from\s*["']node:https?["']/)
  }
})

test('its template is the one that is synthesized, for the rate that it was made for and no other', async () => {
  const json = JSON.stringify(await synthesize(defaultRate))
  expect(JSON.stringify(builtTemplate())).toBe(json)
  expect(JSON.stringify(builtTemplate(defaultRate))).toBe(json)
  expect(builtTemplate({ perSecond: 3, burst: 5 })).toBeUndefined()
})

/** The files of a folder with the digests of their bytes. */
const digestsOf = (folder: string) =>
  readdirSync(folder)
    .toSorted()
    .map(name => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ])

// Made once more, as `npm run synth` makes it, and read where CDK puts what is uploaded: of a build that is not the
// same each time, or of another in the tests, no journey would say anything about what is deployed.
test('each function that they run is, byte for byte, the asset that is deployed', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-deployed-'))
  onTestFinished(() => rmSync(outdir, { recursive: true }))
  const bundles = join(outdir, 'functions')
  await bundleHub(fileURLToPath(new URL('../../../functions', import.meta.url)), bundles)
  const { app, doors } = hubApp({ bundles, outdir: join(outdir, 'cdk'), watched: false })
  const { template } = app.synth().getStackByName(doors.stackName)
  const { Resources } = template as {
    Resources: Record<string, { Properties: { Code: { S3Key: string } } }>
  }
  for (const { name, module } of hubFunctions) {
    const key = Resources[pascal(name)]?.Properties.Code.S3Key ?? ''
    const asset = join(outdir, 'cdk', `asset.${key.replace('.zip', '')}`)
    const ran = dirname(fileURLToPath(moduleOf(`functions/${module}.ts`)))
    expect([name, digestsOf(ran)]).toEqual([name, digestsOf(asset)])
  }
}, 60_000)

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

/** Bytes. What a function loads is a third of its cold start: look at what came in before you raise this. */
const largest = 300_000

test('no function is larger than it need be', () => {
  const sizes = hubFunctions.map(({ name, module }) => [name, statSync(bundleOf(module)).size])
  const tooLarge = sizes.filter(([, bytes]) => bytes === 0 || Number(bytes) > largest)
  expect(sizes.length).toBeGreaterThan(25)
  expect(tooLarge).toEqual([])
})

test('a function has the routes that it answers to, and the one that answers to all others has all', () => {
  const paths = Object.values<RouteSpec>(routes).map(({ path }) => path)
  for (const { name, module, trigger } of hubFunctions) {
    if (!('routes' in trigger)) continue
    const source = readFileSync(bundleOf(module), 'utf8')
    const listed = paths.filter(path => source.includes(`path:"${path}"`))
    const own = trigger.routes.map(route => route.replace(/^\w+ /, ''))
    const expected = own.includes('$default') ? paths : paths.filter(path => own.includes(path))
    expect([name, listed]).toEqual([name, expected])
  }
})
