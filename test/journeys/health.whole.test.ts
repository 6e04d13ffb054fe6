// Whether the hub says that it is well: not while its table answers reads and takes no write, as on a full disk.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import { ownHub } from './own-hub.ts'

const { url, data } = await ownHub()
const health = () => fetch(`${url}/v1/health`)
const isWell = () =>
  vi.waitFor(async () => expect((await health()).status).toBe(200), { timeout: 10_000 })

test('a table that takes no writes is not well, and is again as soon as it does', async () => {
  await isWell()
  const other = new DatabaseSync(join(data, 'dynamodb.sqlite'), { timeout: 5000 })
  other.exec('BEGIN IMMEDIATE')
  try {
    // What was written a second ago proves nothing.
    await new Promise(done => setTimeout(done, 1100))
    const answer = await health()
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'unavailable' }])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  } finally {
    other.exec('ROLLBACK')
    other.close()
  }
  await isWell()
}, 60_000)
