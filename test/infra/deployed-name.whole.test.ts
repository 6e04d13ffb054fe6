// The hub has a name: one setting, which a deployment does not change unawares; nor the host that callers sign.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { deployedIn } from '../../infra/deploy.ts'
import { Deployed, nameOf, readDeployed, remember } from '../../infra/deployed.ts'
import { Settings } from '../../infra/stage.ts'
import { deployedFunctions, resolved, templateOf } from './template.ts'

const deployed = Deployed.parse({ name: 'hub.example.org', authority: 'api.example.org' })

const read = (value: unknown) =>
  resolved(value, name => (name === 'Api.ApiEndpoint' ? 'https://own.host' : name))

const stageOf = (said: object) => ({
  stage: 'prod',
  settings: Settings.parse({
    rate: { perSecond: 200, burst: 400 },
    alarms: { emails: [] },
    ...said,
  }),
})
type Change = { renameFrom?: string; authorityFrom?: string }

/** What every function is told, deployed with these settings over what was deployed before. */
const told = (said: object, before?: Deployed, change: Change = {}) => {
  const template = templateOf(
    outdir =>
      hubApp({ outdir, stage: stageOf(said), deployed: before, watched: false, ...change }).app,
  )
  const functions = deployedFunctions(template)
  const all = (variable: string) => [
    ...new Set(functions.flatMap(({ environment }) => environment[variable] ?? []).map(read)),
  ]
  expect(functions.filter(({ environment }) => !('HUB_NAME' in environment))).toEqual([])
  return { names: all('HUB_NAME'), authorities: all('AUTHORITY') }
}

describe('a first deployment', () => {
  test('is called as its authority', () =>
    expect(told({ authority: 'hub.example.org' })).toEqual({
      names: ['hub.example.org'],
      authorities: ['hub.example.org'],
    }))

  test('without an authority is called as the API’s own host', () =>
    expect(told({})).toEqual({ names: ['own.host'], authorities: ['own.host'] }))

  test('may be called otherwise', () =>
    expect(told({ authority: 'api.example.org', name: 'hub.example.org/trial' })).toEqual({
      names: ['hub.example.org/trial'],
      authorities: ['api.example.org'],
    }))
})

describe('a later deployment', () => {
  test('keeps name and authority when nothing is said', () =>
    expect(told({}, deployed)).toEqual({
      names: ['hub.example.org'],
      authorities: ['api.example.org'],
    }))

  test.each([
    [{ name: 'other.example.org' }, 'called hub.example.org; this would call it other.example.org'],
    [
      { name: 'hub.example.org', authority: 'other.example.org' },
      'sign the authority api.example.org; this would make it other.example.org',
    ],
    [
      { authority: 'other.example.org' },
      'sign the authority api.example.org; this would make it other.example.org',
    ],
  ])('is refused another name or authority: %j', (said, sentence) => {
    expect(() => told(said, deployed)).toThrow(sentence)
    const wrong = { renameFrom: 'other.example.org', authorityFrom: 'other.example.org' }
    expect(() => told(said, deployed, wrong)).toThrow(sentence)
  })

  test('gets another from whoever names the one that it has', () => {
    const renamed = told({ name: 'other.example.org' }, deployed, { renameFrom: 'hub.example.org' })
    expect(renamed.names).toEqual(['other.example.org'])
    const moved = told({ authority: 'new.example.org' }, deployed, {
      authorityFrom: 'api.example.org',
    })
    expect(moved).toEqual({ names: ['hub.example.org'], authorities: ['new.example.org'] })
  })
})

test('what was deployed is read from the deployment’s outputs, and is what the next one keeps', () => {
  const outputs = { HubName: 'hub.example.org', Authority: 'api.example.org', Url: 'https://x' }
  const of = (stack: string, said: object = outputs) => JSON.stringify({ [stack]: said })
  expect(deployedIn(of('ReferralHub-Doors'), 'prod')).toEqual(deployed)
  expect(deployedIn(of('ReferralHub-test-Doors'), 'test')).toEqual(deployed)
  expect(nameOf({}, deployedIn(of('ReferralHub-Doors'), 'prod'))).toEqual(deployed)
  expect(() => deployedIn(of('ReferralHub-Doors'), 'test')).toThrow()
  expect(() =>
    deployedIn(of('ReferralHub-Doors', { HubName: 'A b', Authority: 'x' }), 'prod'),
  ).toThrow()
})

test('what was deployed is written down once, for its stage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-deployed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const into = pathToFileURL(`${folder}/kept/`)
  expect(readDeployed('prod', into)).toBeUndefined()
  expect([remember('prod', deployed, into), remember('prod', deployed, into)]).toEqual([
    true,
    false,
  ])
  expect([readDeployed('prod', into), readDeployed('test', into)]).toEqual([deployed, undefined])
})
