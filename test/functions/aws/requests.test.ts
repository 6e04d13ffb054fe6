// What makes a request happen once is right with and without TTL: for rows that should have gone and have not, and for
// rows that have.
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Moved, transact } from '../../../functions/aws/dynamodb.ts'
import { requests } from '../../../functions/aws/requests.ts'
import { newId } from '../../../functions/aws/runtime.ts'
import { sealCompact } from '../../../functions/crypto/compact-jwe.ts'
import { sweepExpired } from '../../../infra/local/provision.ts'
import { Keyid, RequestId } from '../../../schemas/ids.ts'
import { ownTables } from './own-tables.ts'

const { dynamodb, tableOf } = await ownTables()
const table = tableOf('Requests')
const { spendNonce, storeAnswer, findAnswer } = requests({ dynamodb, table })
const commit = transact(dynamodb)
const keyid = Keyid.parse('k'.repeat(43))
const request = () => RequestId.parse(newId())

const start = Date.parse('2026-11-21T12:00:00.000Z')
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(() => void vi.useRealTimers())
/** What DynamoDB does some day, at once. */
const sweep = () =>
  sweepExpired(
    dynamodb,
    [
      {
        name: table,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    ],
    Date.now(),
  )

const spend = (nonce: string) => commit([spendNonce(keyid, nonce, request())])
const name = (keyHash: string) => ({ keyid, keyHash })

describe('a nonce', () => {
  test('is remembered for as long as its signature may be used, and longer, even by a table that forgets at once', async () => {
    await spend('first')
    // Signed 30 seconds ahead with a life of 300: the last moment at which the signature itself is still good.
    pass(330)
    await sweep()
    await expect(spend('first')).rejects.toMatchObject({ code: 'nonce-reused' })
    pass(500)
    await sweep()
    await expect(spend('first')).rejects.toMatchObject({ code: 'nonce-reused' })
  })

  test('stays spent for as long as its row is there, however late that is', async () => {
    await spend('second')
    pass(30 * 86_400)
    await expect(spend('second')).rejects.toMatchObject({ code: 'nonce-reused' })
  })

  test('is one key’s: another may choose the same', async () => {
    await spend('third')
    await expect(
      commit([spendNonce(Keyid.parse('m'.repeat(43)), 'third', request())]),
    ).resolves.toBeUndefined()
  })

  test('of the very request that spent it is no replay: its first answer may have been lost', async () => {
    const id = request()
    await commit([spendNonce(keyid, 'fourth', id)])
    await expect(commit([spendNonce(keyid, 'fourth', id)])).resolves.toBeUndefined()
  })

  test('has one effect when fifty requests spend it at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => spend('fifth')))
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  })
})

const sealed = (text: string) => sealCompact(Buffer.from(text), randomBytes(32))

describe('a stored answer', () => {
  const answer = { fingerprint: 'f', sealed: sealed('first'), about: {} }
  const later = sealed('later')

  test('is there for a day, and then as if it had never been, whether or not its row has gone', async () => {
    await commit([storeAnswer(name('a'), answer, request())])
    pass(86_400)
    expect(await findAnswer(name('a'))).toEqual(answer)
    pass(1)
    expect(await findAnswer(name('a'))).toBeUndefined()
    // Its row is still there, and does not stand in the way of a new one.
    await commit([storeAnswer(name('a'), { ...answer, sealed: later }, request())])
    expect(await findAnswer(name('a'))).toEqual({ ...answer, sealed: later })
  })

  test('is not replaced while it stands: who comes second looks again', async () => {
    await commit([storeAnswer(name('b'), answer, request())])
    pass(86_399)
    await expect(commit([storeAnswer(name('b'), answer, request())])).rejects.toBeInstanceOf(Moved)
  })
})
