// Whom the hub takes a caller for, and the post of a key: from its proposal into every entry that the key signs.
import { expect, test } from 'vitest'
import { type CallerName, callerOf, hubFileOf, hubNow } from './callers.ts'
import { raw } from './signed-requests.ts'
import { newHolder } from './key-holders.ts'
import { changeKey, oneYear, proposalOf } from './key-changes.ts'
import { sharedHub } from './shared-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await sharedHub()
const me = (who: Parameters<typeof raw>[1]) => raw(hub, who, { path: '/v1/me' })

test('every caller is told its institution, key, roles and agreements', async () => {
  for (const { name, institution, keyid, roles } of hubFileOf(hub).keys) {
    const { status, json } = await me(name as CallerName)
    expect([name, status]).toEqual([name, 200])
    expect(json).toMatchObject({
      institution,
      keyid,
      roles,
      validUntil: '2036-01-01T00:00:00.000Z',
    })
    expect(json).not.toHaveProperty('post')
    const party = institution === 'IGM' || institution === 'ALA'
    expect([name, json['agreements']]).toEqual([name, party ? ['igm-ala-2026'] : []])
  }
})

test('and the hub’s clock, and the log’s key and size as the log itself has them', async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const officer = await callerOf(hub, 'igm-compliance')
  // What is answered is at most a second old.
  await expect
    .poll(async () => (await officer.me()).body.logSize, { timeout: 5000 })
    .toBeGreaterThan(0)
  const { body, headers } = await officer.me()
  expect(Math.abs(Date.parse(body.now) - hubNow(hub).getTime())).toBeLessThan(60_000)
  const key = await raw(hub, 'igm-compliance', { path: '/v1/access-log/public-key' })
  expect(`${body.vkey}\n`).toBe(key.text)
  // The field is read when the answer is ready, and the log may have grown since.
  expect(Number(headers.get('access-log-size'))).toBeGreaterThanOrEqual(body.logSize)
})

const withPost = { ...oneYear, post: 'IGM-SIS-02' }
const propose = async (holder: ReturnType<typeof newHolder>, terms: object, claims = {}) =>
  changeKey(
    hub,
    'igm-liaison',
    'IGM/keys',
    await proposalOf(hub, holder, 'IGM', { terms: { ...oneYear, ...terms }, claims }),
  )

test('a post is shown with the key, to its holder, and as the actor’s in what the key signs', async () => {
  const holder = newHolder()
  expect((await propose(holder, withPost)).json['post']).toBe('IGM-SIS-02')
  const { roles, validUntil } = oneYear
  const confirmed = await changeKey(hub, 'igm-liaison-2', `IGM/keys/${holder.keyid}/confirmation`, {
    roles,
    validUntil,
  })
  expect(confirmed.json).toMatchObject({ state: 'active', post: 'IGM-SIS-02' })
  const keys = await raw(hub, 'ala-liaison', { path: '/v1/institutions/IGM/keys' })
  expect(keys.json['items']).toContainEqual(
    expect.objectContaining({ keyid: holder.keyid, post: 'IGM-SIS-02' }),
  )
  expect((await me(holder)).json).toMatchObject({ keyid: holder.keyid, post: 'IGM-SIS-02' })
  const officer = await callerOf(hub, 'igm-compliance')
  const { items } = (await officer.accessLog({ keyid: holder.keyid })).body
  expect(items.map(({ action, actor }) => [action, actor])).toEqual([
    ['me.read', { institution: 'IGM', keyid: holder.keyid, role: 'referrer', post: 'IGM-SIS-02' }],
  ])
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})

test.each(['IG', 'igm-sis-02', 'IGM SIS', 'A'.repeat(25), 'IGM-MARÍA', ''])(
  '%j is no post',
  async post => {
    const { status, json } = await propose(newHolder(), { post })
    expect([status, json.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/post']])
  },
)

test('a post that the proof of possession does not name, or names otherwise, is refused', async () => {
  for (const claims of [{ post: undefined }, { post: 'IGM-SIS-03' }])
    expect((await propose(newHolder(), withPost, claims)).json.code).toBe('proof-invalid')
  expect((await propose(newHolder(), {}, { post: 'IGM-SIS-02' })).json.code).toBe('proof-invalid')
})
