import { describe, expect, test } from 'vitest'
import {
  eventSource,
  HubName,
  localHubName,
  logOrigin,
  problemType,
} from '../../schemas/hub-name.ts'

const hub = HubName.parse('hub.example.org/trial')

test('one name gives the log its origin, events their source and problems their type', () => {
  expect([logOrigin(hub), eventSource(hub), problemType(hub, 'forbidden')]).toEqual([
    'hub.example.org/trial/access-log',
    'https://hub.example.org/trial/v1',
    'https://hub.example.org/problems/forbidden',
  ])
})

test('a local hub says that it is local, and keeps to the contract', () => {
  expect(logOrigin(localHubName)).toBe('referral-hub.example/local/access-log')
  expect(eventSource(localHubName)).toContain('/local/')
  expect(problemType(localHubName, 'forbidden')).toBe(
    'https://referral-hub.example/problems/forbidden',
  )
})

describe('what cannot be a name', () => {
  test.each([
    ['nothing', ''],
    ['a scheme', 'https://hub.example.org'],
    ['capitals', 'Hub.example.org'],
    ['a blank', 'hub.example.org /trial'],
    ['a plus, which ends a name in a verifier key', 'hub.example.org+1'],
    ['a line', 'hub.example.org\n'],
    ['an empty label', 'hub..example.org'],
    ['a path that ends in a slash', 'hub.example.org/'],
    ['a query', 'hub.example.org?a'],
    ['a step up', 'hub.example.org/..'],
    ['a name of 201 characters', `${'a'.repeat(197)}.org`],
  ])('%s', (_, name) => expect(HubName.safeParse(name).success).toBe(false))

  test('while a host, one with a port, and one with a path can', () => {
    for (const name of ['hub.example.org', 'hub.example:8787', 'h', 'a.b/c-d/e'])
      expect(HubName.safeParse(name).success).toBe(true)
  })
})
