// Bytes of an exported log changed at random: which, nobody chose.
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { exportedFrom, filled, ownLog } from './exported-log.ts'
import { type Bench, type Json, copyOf } from './log-bench.ts'
import { noteSigner } from './log-notes.ts'

/** The log of a hub, exported, filled up and signed again with a key of the test's own: `bench()` in `folder`. */
export const signedLog = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-tamper-'))
  const signer = noteSigner()
  const hub = await emptyHub()
  let own: Bench
  beforeAll(async () => {
    await exportedFrom(hub, join(folder, 'export'), 10)
    filled(hub, join(folder, 'export'), signer, 10)
    own = ownLog(join(folder, 'export'), join(folder, 'own'), signer)
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  /** An hour after the last entry: the hub of this file began at noon. */
  const now = new Date('2026-11-21T13:00:00.000Z')
  return { folder, signer, now, bench: () => own }
}

/** What of policy.json the folder itself does not prove: when it was made, and which port a local hub had. */
const unproven = (text: string): string => {
  const { exportedAt: _, hub: _hub, ...proven } = JSON.parse(text) as Json
  return JSON.stringify(proven)
}

/** So many `times`, a file after the other. */
export const flippedBytes = (
  { folder, signer, now, bench: own }: Awaited<ReturnType<typeof signedLog>>,
  times: number,
) =>
  test(
    'whatever byte of whatever file is changed, the log does not verify',
    async () => {
      const bench = copyOf(own().dir, join(folder, 'flipped'), signer)
      const paths = [
        'policy.json',
        'keys.json',
        'checkpoint',
        'tile/entries/000',
        bench.partial('entries'),
        'tile/0/000',
        bench.partial(0),
        'tile/1/000.p/1',
      ]
      for (let n = 0; n < times; n++) {
        const path = paths[n % paths.length] as string
        const whole = bench.read(path)
        const at = randomInt(statSync(join(bench.dir, path)).size)
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] as number) ^ randomInt(1, 256)
        bench.write(path, bytes)
        const verdict = await verifyFolder(bench.dir, { now })
        // Asked only where it verifies: a file that is no JSON any more does not.
        const harmless =
          verdict.ok &&
          path === 'policy.json' &&
          unproven(String(bytes)) === unproven(String(whole))
        expect(verdict.ok && !harmless, `${path} at ${at}: ${whole[at]} → ${bytes[at]}`).toBe(false)
        bench.write(path, whole)
      }
      expect((await verifyFolder(bench.dir, { now })).ok).toBe(true)
    },
    60_000 + times * 1000,
  )
