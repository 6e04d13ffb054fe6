// What a caller may sign beside what is asked for is kept as evidence for ever. None of it may make the log unreadable.
import { describe, expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const officer = await callerOf(hub, 'igm-compliance')
const components = ['@method', '@authority', '@path', '@query']
const denied = async () => (await officer.accessLog({ outcome: 'denied', limit: 200 })).body.items

describe('a request that covers more than it must', () => {
  test.each([
    ['x-a', '__proto__'],
    ['x-a', '"__proto__":1'],
    ['constructor', 'x'],
    ['tostring', 'x'],
    ['x-a', '\\"'.repeat(500)],
    ['x-a', ''],
  ])('%s: %s is served, and its entry verifies', async (name, value) => {
    const { status } = await raw(hub, 'igm-system', {
      path: '/v1/referrals',
      query: 'direction=sent',
      headers: { [name]: value },
      components: [...components, name],
    })
    expect(status).toBe(200)
  })

  test('is refused when it would fill the log, by whoever it is, and leaves nothing there', async () => {
    const before = (await denied()).length
    for (const who of ['igm-system', 'stranger'] as const) {
      const { status, json } = await raw(hub, who, {
        path: '/v1/referrals',
        query: 'direction=sent',
        // Below what API Gateway carries; each is two bytes as JSON.
        headers: { 'x-a': '"'.repeat(8500) },
        components: [...components, 'x-a'],
      })
      expect([status, json.code, json.errors?.[0]?.code]).toEqual([
        400,
        'malformed-request',
        'headers-too-large',
      ])
    }
    expect(await denied()).toHaveLength(before)
  })
})

test('afterwards the whole log is exported and verifies', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
