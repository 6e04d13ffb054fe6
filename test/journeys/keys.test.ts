// The life of a key through the running hub: proposed, confirmed by a second person, rotated, revoked; and what
// everybody sees of it.
import { expect, test } from 'vitest'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { type Who, callerOf, hubFileOf, hubNow } from './callers.ts'
import { idempotencyKey, raw, signed, send } from './signed-requests.ts'
import { type Holder, enrolledHolder, newHolder } from './key-holders.ts'
import { type Terms, changeKey, oneYear, proposalOf } from './key-changes.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const signatory = await enrolledHolder(hub, 'IGM', ['signatory'])
const second = await enrolledHolder(hub, 'IGM', ['liaison'])
const keyidOf = (name: string) => hubFileOf(hub).keys.find(key => key.name === name)?.keyid ?? ''

const at = (milliseconds: number) => new Date(hubNow(hub).getTime() + milliseconds).toISOString()
const propose = async (holder: Holder, terms: Terms = oneYear, who: Who = 'igm-liaison') =>
  changeKey(hub, who, 'IGM/keys', await proposalOf(hub, holder, 'IGM', { terms }))
const confirm = (holder: Holder, terms: Terms = oneYear, who: Who = second) =>
  changeKey(hub, who, `IGM/keys/${holder.keyid}/confirmation`, {
    roles: terms.roles,
    validUntil: terms.validUntil,
  })
const revoke = (keyid: string, body: object = { reason: 'superseded' }, who: Who = second) =>
  changeKey(hub, who, `IGM/keys/${keyid}/revocation`, body)

/** What a request by a key is answered. */
const use = async (who: Who) => {
  const { status, json } = await raw(hub, who, { path: '/v1/institutions' })
  return json.code ?? status
}
const active = async (terms: Terms = oneYear): Promise<Holder> => {
  const holder = newHolder()
  expect([(await propose(holder, terms)).status, (await confirm(holder, terms)).status]).toEqual([
    201, 200,
  ])
  return holder
}
const keysOf = async (institution: string) => {
  const { json } = await raw(hub, 'ala-compliance', {
    path: `/v1/institutions/${institution}/keys`,
  })
  return json.items as DirectoryKey[]
}
const seen = async ({ keyid }: { keyid: string }) =>
  (await keysOf('IGM')).find(key => key.keyid === keyid)

test('a key is proposed by one person, confirmed by another, signs, is revoked, and all of it stays to be read', async () => {
  const holder = newHolder()
  const proposed = await propose(holder)
  expect(proposed.status).toBe(201)
  expect(proposed.json).toMatchObject({
    keyid: holder.keyid,
    institution: 'IGM',
    state: 'proposed',
    proposedBy: keyidOf('igm-liaison'),
  })
  // Not known as a caller yet, and not refused otherwise than a key that nobody proposed.
  expect(await use(holder)).toBe('key-unknown')

  const confirmed = await confirm(holder)
  expect(confirmed.status).toBe(200)
  expect(confirmed.json).toMatchObject({ state: 'active', confirmedBy: second.keyid })
  expect(await use(holder)).toBe(200)

  const revoked = await revoke(holder.keyid, { reason: 'key-compromise' })
  expect(revoked.json).toMatchObject({ state: 'revoked', revocationReason: 'key-compromise' })
  expect(await use(holder)).toBe('key-revoked')

  const key = await seen(holder)
  expect(key).toEqual(revoked.json)
  expect(key?.history?.map(({ event, by }) => [event, by])).toEqual([
    ['proposed', keyidOf('igm-liaison')],
    ['confirmed', second.keyid],
    ['revoked', second.keyid],
  ])
})

test('each step is an entry of the log that names the key it is about, and the officer sees it', async () => {
  const holder = await active()
  await revoke(holder.keyid)
  const officer = await callerOf(hub, 'igm-compliance')
  const { items } = (await officer.accessLog({ limit: 200 })).body
  const about = items.filter(({ subjectKeyid }) => subjectKeyid === holder.keyid).toReversed()
  expect(about.map(({ action, outcome, actor }) => [action, outcome, actor.keyid])).toEqual([
    ['key.enrol', 'allowed', keyidOf('igm-liaison')],
    ['key.confirm', 'allowed', second.keyid],
    ['key.revoke', 'allowed', second.keyid],
  ])
})

test.each(['P-256', 'rsa'] as const)('a key of %s is proven and enrolled too', async kind => {
  const holder = newHolder(kind)
  expect((await propose(holder)).status).toBe(201)
  expect((await confirm(holder, oneYear, signatory)).json).toMatchObject({ state: 'active' })
})

test('a new liaison can do what liaisons do only once confirmed: two persons stand behind every key', async () => {
  const terms: Terms = { ...oneYear, roles: ['liaison', 'signatory'] }
  const fresh = newHolder()
  await propose(fresh, terms)
  const own = newHolder()
  expect((await propose(own, oneYear, fresh)).json.code).toBe('key-unknown')
  await confirm(fresh, terms, signatory)
  expect((await propose(own, oneYear, fresh)).status).toBe(201)
  expect((await confirm(own, oneYear, fresh)).json.code).toBe('forbidden')
  expect((await confirm(own, oneYear, 'igm-liaison')).status).toBe(200)
})

test('rotation: old and new key work side by side, until the old one’s end comes by itself', async () => {
  const old = await active()
  const fresh = await active()
  const end = at(1500)
  const planned = await revoke(old.keyid, { reason: 'superseded', effectiveAt: end })
  expect(planned.json).toMatchObject({ state: 'active', revokedAt: end })
  expect([await use(old), await use(fresh)]).toEqual([200, 200])
  await expect.poll(() => use(old), { timeout: 5000 }).toBe('key-revoked')
  expect(at(0) >= end).toBe(true)
  expect(await use(fresh)).toBe(200)
  expect((await seen(old))?.state).toBe('revoked')
})

test('a key stops at its validUntil, and does not begin before its validFrom', async () => {
  const short = await active({ roles: ['referrer'], validUntil: at(2500) })
  const later = await active({ ...oneYear, validFrom: at(2500) })
  expect([await use(short), await use(later)]).toEqual([200, 'key-revoked'])
  await expect.poll(() => use(later), { timeout: 6000 }).toBe(200)
  expect(await use(short)).toBe('key-revoked')
})

test('a revocation counts from the next request on, in every function, whoever served the key before', async () => {
  const holder = await active({ ...oneYear, roles: ['referrer', 'compliance-officer'] })
  const paths = [
    '/v1/institutions',
    '/v1/institutions/IGM/keys',
    '/v1/referrals',
    '/v1/access-log',
    '/v1/access-log/public-key',
  ]
  const answers = () =>
    Promise.all(paths.map(async path => (await raw(hub, holder, { path })).json.code ?? 'served'))
  for (let round = 0; round < 3; round++)
    expect(new Set(await answers())).toEqual(new Set(['served']))
  // Signed before, sent after: it is the request that counts, not its signature.
  const before = paths.map(path => signed(hub, holder, { path }))
  expect((await revoke(holder.keyid)).status).toBe(200)
  expect(new Set(await answers())).toEqual(new Set(['key-revoked']))
  for (const request of before) expect((await send(request)).json.code).toBe('key-revoked')
})

test('a revocation with an earlier beginning stops the key now, and says since when its signatures are in doubt', async () => {
  const holder = await active()
  const { validFrom } = (await seen(holder)) as DirectoryKey
  const { status, json } = await revoke(holder.keyid, {
    reason: 'key-compromise',
    effectiveAt: validFrom,
  })
  expect([status, json.invalidityDate, json.state]).toEqual([200, validFrom, 'revoked'])
  expect((json.revokedAt as string) > validFrom).toBe(true)
})

test('revoking twice does it once, and nothing takes it back or puts it off', async () => {
  const holder = await active()
  const first = await revoke(holder.keyid)
  const again = await revoke(holder.keyid, { reason: 'key-compromise' })
  expect([again.status, again.json]).toEqual([200, first.json])
  const later = await revoke(holder.keyid, { reason: 'unspecified', effectiveAt: at(60_000) })
  expect([later.status, later.json.code]).toEqual([409, 'transition-not-allowed'])
  expect((await seen(holder))?.history).toHaveLength(3)
})

test('a retry of the same revocation gets the same answer, under its Idempotency-Key', async () => {
  const holder = await active()
  const headers = { 'idempotency-key': idempotencyKey() }
  const ask = () =>
    raw(hub, second, {
      path: `/v1/institutions/IGM/keys/${holder.keyid}/revocation`,
      body: '{"reason":"superseded"}',
      headers,
    })
  const [once, again] = [await ask(), await ask()]
  expect(again.json).toEqual(once.json)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
})

test('a key revokes itself, whatever its role, and is then refused that too', async () => {
  const holder = await active()
  const own = await revoke(holder.keyid, { reason: 'key-compromise' }, holder)
  expect(own.json).toMatchObject({ state: 'revoked' })
  expect((await revoke(holder.keyid, { reason: 'key-compromise' }, holder)).json.code).toBe(
    'key-revoked',
  )
})

test('what a key proposed that was revoked since is not confirmed, and can be revoked itself', async () => {
  const thief = await enrolledHolder(hub, 'IGM', ['liaison'])
  const planted = newHolder()
  expect((await propose(planted, oneYear, thief)).status).toBe(201)
  await revoke(thief.keyid, { reason: 'key-compromise' })
  expect((await confirm(planted)).json.code).toBe('transition-not-allowed')
  expect((await revoke(planted.keyid)).json).toMatchObject({ state: 'revoked' })
  expect((await confirm(planted)).json.code).toBe('transition-not-allowed')
  expect(await use(planted)).toBe('key-unknown')
})

test('everybody who signs sees which institutions there are, page by page, and nothing of persons', async () => {
  const names = ['ALA', 'IGM', 'OIM', 'XXX']
  const stranger = await callerOf(hub, 'stranger')
  const { body } = await stranger.listInstitutions()
  expect(body.items.map(({ institution }) => institution)).toEqual(names)
  expect(Object.keys(body.items[0] ?? {})).toEqual(['institution', 'name'])
  expect(body).not.toHaveProperty('next')
  const walked: string[] = []
  let cursor: string | undefined
  do {
    const page = (await stranger.listInstitutions({ limit: 3, cursor })).body
    walked.push(...page.items.map(({ institution }) => institution))
    cursor = page.next
  } while (cursor !== undefined)
  expect(walked).toEqual(names)
})

test('first keys are shown as enrolled by the deployment', async () => {
  const key = await seen({ keyid: keyidOf('igm-system') })
  expect(key).toMatchObject({ state: 'active', history: [{ event: 'enrolled', by: 'deployment' }] })
})
