// The hub has a name: one setting, which a deployment does not change unawares.
import { afterEach, describe, expect, test } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { Deployed, nameOf } from '../../infra/deployed.ts'
import { deployedIn } from '../../infra/remember.ts'
import { deployedFunctions, resolved, templateOf } from './template.ts'

const deployed = Deployed.parse({ name: 'hub.example.org', authority: 'api.example.org' })

const read = (value: unknown) =>
  resolved(value, name => (name === 'Api.ApiEndpoint' ? 'https://own.host' : name))

/** What every function is told, deployed with this on the command line (`-c`) over what was deployed before. */
const told = (context: Record<string, string>, before?: Deployed) => {
  process.env['CDK_CONTEXT_JSON'] = JSON.stringify(context)
  const template = templateOf(outdir => hubApp({ outdir, deployed: before }).app)
  const functions = deployedFunctions(template)
  const all = (variable: string) => [
    ...new Set(functions.flatMap(({ environment }) => environment[variable] ?? []).map(read)),
  ]
  expect(functions.filter(({ environment }) => !('HUB_NAME' in environment))).toEqual([])
  return { names: all('HUB_NAME'), authorities: all('AUTHORITY') }
}

afterEach(() => {
  delete process.env['CDK_CONTEXT_JSON']
})

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

  test('is refused a name that no log could have', () =>
    expect(() => told({ authority: 'Hub.example.org' })).toThrow(/"Hub\.example\.org" cannot be/))
})

describe('a later deployment', () => {
  test('keeps name and authority when nothing is said', () =>
    expect(told({}, deployed)).toEqual({
      names: ['hub.example.org'],
      authorities: ['api.example.org'],
    }))

  test('may have another authority under the name that it has', () =>
    expect(told({ authority: 'new.example.org', name: 'hub.example.org' }, deployed)).toEqual({
      names: ['hub.example.org'],
      authorities: ['new.example.org'],
    }))

  test.each([{ name: 'other.example.org' }, { authority: 'other.example.org' }])(
    'is refused another name, given as %j',
    context => {
      expect(() => told(context, deployed)).toThrow(
        /called hub\.example\.org; this would call it other\.example\.org.*-c name=hub\.example\.org.*-c renameFrom=hub\.example\.org/,
      )
      expect(() => told({ ...context, renameFrom: 'other.example.org' }, deployed)).toThrow(
        /called/,
      )
    },
  )

  test('gets another name from whoever names the one that it has', () => {
    const { names } = told({ name: 'other.example.org', renameFrom: 'hub.example.org' }, deployed)
    expect(names).toEqual(['other.example.org'])
  })
})

test('what was deployed is read from the deployment’s outputs, and is what the next one keeps', () => {
  const outputs = {
    ReferralHub: { HubName: 'hub.example.org', Authority: 'api.example.org', Url: 'https://x' },
  }
  expect(deployedIn(JSON.stringify(outputs))).toEqual(deployed)
  expect(nameOf({}, deployedIn(JSON.stringify(outputs)))).toEqual(deployed)
  for (const wrong of ['{}', '{"ReferralHub":{"HubName":"A b","Authority":"x"}}'])
    expect(() => deployedIn(wrong)).toThrow()
})
