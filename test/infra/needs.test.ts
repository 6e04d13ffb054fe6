// Each door's needs against its line of the permission table, and both against what the door is started with.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Capability } from '../../functions/aws/bind.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { deployedFunction, resolved } from './template.ts'

// A door binds what it needs when it is loaded: each is loaded again, with its own environment.
beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

/** What a reference of the template stands for: addresses are taken apart, so they look like one. */
const standsFor = (reference: string): string =>
  reference === 'Api.ApiEndpoint'
    ? 'https://abc.example'
    : reference.replace(/^Inbox(\w+)$/, 'https://sqs.example/1/referral-hub-inbox-$1.fifo')

const load = async ({ name, module }: { name: string; module: string }) => {
  const { environment } = deployedFunction(name)
  for (const [variable, value] of Object.entries(environment))
    vi.stubEnv(variable, resolved(value, standsFor))
  // Lambda's own.
  vi.stubEnv('AWS_REGION', 'us-east-1')
  const file = join(import.meta.dirname, '../../functions', `${module}.ts`)
  return (await import(file)) as {
    needs: readonly Capability[]
    handler: unknown
  }
}

test.each(hubFunctions.map(row => [row.name, row] as const))(
  '%s needs what its line allows, and its line allows no more',
  async (_, row) => {
    const door = await load(row)
    expect([...door.needs].toSorted()).toEqual([...row.may].toSorted())
    expect(new Set(door.needs).size).toBe(door.needs.length)
    expect(door.handler).toBeTypeOf('function')
  },
)

test('a door keeps answers exactly where one of its routes asks for an Idempotency-Key', () => {
  const keeping = Object.values<RouteSpec>(routes)
    .filter(({ idempotencyKey }) => idempotencyKey === 'required')
    .map(({ method, path }) => `${method} ${path}`)
  for (const { name, trigger, may } of hubFunctions) {
    const own: readonly string[] = 'routes' in trigger ? trigger.routes : []
    expect(may.includes('requests:answer'), name).toBe(own.some(key => keeping.includes(key)))
  }
})
