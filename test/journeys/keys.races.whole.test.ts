// Two at once: whichever commits first decides, and nothing happens twice.
import { expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { type Holder, enrolledHolder, newHolder } from './key-holders.ts'
import { changeKey, oneYear, proposalOf } from './key-changes.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const liaisons = await Promise.all(
  ['one', 'two', 'three'].map(() => enrolledHolder(hub, 'IGM', ['liaison'])),
)
const [first, second, third] = liaisons as [Holder, Holder, Holder]
const propose = async (holder: Holder, who: Holder) =>
  changeKey(hub, who, 'IGM/keys', await proposalOf(hub, holder, 'IGM'))
const confirm = ({ keyid }: Holder, who: Holder) =>
  changeKey(hub, who, `IGM/keys/${keyid}/confirmation`, {
    roles: oneYear.roles,
    validUntil: oneYear.validUntil,
  })
const revoke = ({ keyid }: Holder, who: Holder) =>
  changeKey(hub, who, `IGM/keys/${keyid}/revocation`, { reason: 'key-compromise' })
const seen = async ({ keyid }: Holder) => {
  const { items } = (await (await callerOf(hub, 'igm-liaison')).getKeys('IGM')).body
  return items.find(key => key.keyid === keyid)
}
const codes = (answers: Awaited<ReturnType<typeof confirm>>[]) =>
  answers
    .map(({ status, json }) => String(json.code ?? status))
    .toSorted((a, b) => (a < b ? -1 : 1))

test('two confirmations at the same time have one effect', async () => {
  for (let round = 0; round < 5; round++) {
    const holder = newHolder()
    await propose(holder, first)
    const answers = await Promise.all([confirm(holder, second), confirm(holder, third)])
    expect(codes(answers)).toEqual(['200', 'transition-not-allowed'])
    expect((await seen(holder))?.history).toHaveLength(2)
  }
})

test('two proposals of one key at the same time make one', async () => {
  for (let round = 0; round < 5; round++) {
    const holder = newHolder()
    const answers = await Promise.all([propose(holder, first), propose(holder, second)])
    expect(codes(answers)).toEqual(['201', 'key-exists'])
    expect((await seen(holder))?.history).toHaveLength(1)
  }
})

test('proposals of different keys at the same time are all there', async () => {
  const holders = Array.from({ length: 6 }, () => newHolder())
  const answers = await Promise.all(holders.map(holder => propose(holder, first)))
  expect(answers.map(({ status }) => status)).toEqual(holders.map(() => 201))
  for (const holder of holders) expect((await seen(holder))?.state).toBe('proposed')
})

test('two revocations at the same time end the key once', async () => {
  for (let round = 0; round < 5; round++) {
    const holder = await enrolledHolder(hub, 'IGM', ['referrer'])
    const answers = await Promise.all([revoke(holder, first), revoke(holder, second)])
    expect(codes(answers)).toEqual(['200', '200'])
    expect((await seen(holder))?.history?.map(({ event }) => event)).toEqual([
      'enrolled',
      'revoked',
    ])
  }
})

test('a confirmation never outruns the revocation of the key that proposed, or of the key that confirms', async () => {
  for (let round = 0; round < 6; round++) {
    const thief = await enrolledHolder(hub, 'IGM', ['liaison'])
    const planted = newHolder()
    const [proposer, confirmer] = round % 2 ? [thief, second] : [second, thief]
    await propose(planted, proposer)
    const [confirmed, revoked] = await Promise.all([
      confirm(planted, confirmer),
      revoke(thief, first),
    ])
    expect(revoked.status).toBe(200)
    const [key, gone] = [await seen(planted), await seen(thief)]
    if (confirmed.status === 200) {
      // It committed first. Each reads the clock before its commit, so their times may cross by a moment.
      const [from, end] = [key?.validFrom ?? '', gone?.revokedAt ?? '']
      expect(Date.parse(from) - Date.parse(end)).toBeLessThan(1000)
      continue
    }
    expect(['transition-not-allowed', 'key-revoked']).toContain(confirmed.json.code)
    expect(key?.state).toBe('proposed')
    expect((await raw(hub, planted, { path: '/v1/institutions' })).json.code).toBe('key-unknown')
  }
})
