// A confirmation that is about to be committed when one of the two keys behind it is revoked: held there, so that it is
// no luck.
import { expect, test } from 'vitest'
import { raw } from './signed-requests.ts'
import { hubWithHolds } from './held-database.ts'
import { enrolledHolder, newHolder } from './key-holders.ts'
import { changeKey, oneYear, proposalOf } from './key-changes.ts'

const { hub, hold } = await hubWithHolds()
const first = await enrolledHolder(hub, 'IGM', ['liaison'])
const second = await enrolledHolder(hub, 'IGM', ['liaison'])

test.each([
  ['proposed', 'transition-not-allowed'],
  ['confirms', 'key-revoked'],
] as const)('of the key that %s: the key is not made', async (whose, code) => {
  const thief = await enrolledHolder(hub, 'IGM', ['liaison'])
  const planted = newHolder()
  const [proposer, confirmer] = whose === 'proposed' ? [thief, second] : [second, thief]
  const proposal = await proposalOf(hub, planted, 'IGM')
  expect((await changeKey(hub, proposer, 'IGM/keys', proposal)).status).toBe(201)
  const held = hold(
    'before',
    ({ operation, body }) =>
      operation === 'TransactWriteItems' &&
      body.includes(planted.keyid) &&
      body.includes('allowed'),
  )
  const { roles, validUntil } = oneYear
  const confirming = changeKey(hub, confirmer, `IGM/keys/${planted.keyid}/confirmation`, {
    roles,
    validUntil,
  })
  await held.reached
  const revocation = { reason: 'key-compromise' }
  const revoked = await changeKey(hub, first, `IGM/keys/${thief.keyid}/revocation`, revocation)
  expect(revoked.status).toBe(200)
  held.letGo()
  const { status, json } = await confirming
  expect([status < 400, json.code]).toEqual([false, code])
  expect((await raw(hub, planted, { path: '/v1/institutions' })).json.code).toBe('key-unknown')
})
