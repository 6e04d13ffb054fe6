// What a withdrawal leaves on the disk of a local hub while it goes on running: whoever takes the machine then finds no
// key to anything.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { DatabaseSync } from 'node:sqlite'
import { rowsOf } from './drill.ts'
import { ownHub } from './own-hub.ts'
import { stagesOf, withdraw } from './stages.ts'

const place = await ownHub()
const given = await stagesOf(place)

/** The database and its log, byte for byte: free pages, old versions, all of it. */
const onDisk = (): Buffer =>
  Buffer.concat(
    ['dynamodb.sqlite', 'dynamodb.sqlite-wal']
      .map(name => join(place.data, name))
      .flatMap(file => (existsSync(file) ? [readFileSync(file)] : [])),
  )

/**
 * The texts of a row that only its owner could have, ciphertext and wrapped keys, as the database writes them: bytes in
 * base64.
 */
const secretsIn = (value: unknown): string[] => {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('base64')]
  if (typeof value === 'string') return /^[A-Za-z0-9+/_.=-]{60,}$/.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : []
}

/**
 * The wrapped key of a referral, or what it seals. The sender's own number stays, sealed under a key that is half this
 * one.
 */
const secretsOf = async (
  table: 'ReferralKeys' | 'Referrals',
  { referralId }: { referralId: string },
): Promise<string[]> => {
  const rows = (await rowsOf(place.hub, table)).filter(row =>
    JSON.stringify(row).includes(referralId),
  )
  const found = secretsIn(table === 'Referrals' ? rows.map(row => row['envelope']) : rows)
  expect(found.length, `${table} of ${referralId}`).toBeGreaterThan(0)
  return found
}

test('after a withdrawal neither key nor ciphertext is in the database or its log, while the hub runs', async () => {
  const header = await given.acknowledged(1)
  const kept = await given.acknowledged(2)
  const gone = [
    ...(await secretsOf('ReferralKeys', header)),
    ...(await secretsOf('Referrals', header)),
  ]
  const stays = await secretsOf('ReferralKeys', kept)
  for (const secret of [...gone, ...stays]) expect(onDisk().includes(secret)).toBe(true)

  await withdraw(place, given.igm, header.consentId)
  await vi.waitFor(
    () => {
      const bytes = onDisk()
      expect(gone.filter(secret => bytes.includes(secret))).toEqual([])
    },
    { timeout: 10_000, interval: 100 },
  )
  // A check that cannot fail would find nothing at all.
  for (const secret of stays) expect(onDisk().includes(secret)).toBe(true)
  expect((await given.igm.getReferral(kept.referralId)).status).toBe(200)
})

test('while somebody else holds the database open, the destruction is finished when they let go', async () => {
  const header = await given.acknowledged(3)
  const [key = ''] = await secretsOf('ReferralKeys', header)
  const reader = new DatabaseSync(join(place.data, 'dynamodb.sqlite'))
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM sqlite_schema').all()
  await withdraw(place, given.igm, header.consentId)
  await new Promise(done => setTimeout(done, 600))
  expect(onDisk().includes(key)).toBe(true)
  reader.close()
  await vi.waitFor(() => expect(onDisk().includes(key)).toBe(false), {
    timeout: 15_000,
    interval: 200,
  })
})
