// Ways to tamper with an exported log: one of every third code that it is refused with. verify-log.tamper.long.test.ts
// has all that we could think of, verify-log.browser-code.long.test.ts what a browser says of them.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { failureCodes } from '../../verify/verdict.ts'
import * as cosigned from './tamper-cosigned.ts'
import { signedLog } from './flipped-bytes.ts'
import { copyOf } from './log-bench.ts'
import { tampered } from './tampered.ts'
import { oneOfEachCode, tamperings as rows } from './tamperings.ts'

const log = await signedLog()
const { folder, signer, now } = log

test('before anything is tampered with, the log of the test’s own key verifies', async () => {
  expect(await verifyFolder(log.bench().dir, { now })).toMatchObject({
    ok: true,
    size: log.bench().size,
    warnings: [],
  })
})

test.each([{}, { post: 'IGM-ENLA-01' }])(
  'with a checkpoint that an institution cosigned it verifies too, and says who did: %j',
  async key => {
    const bench = copyOf(log.bench().dir, join(folder, 'cosigned'), signer)
    cosigned.cosigned(bench, undefined, { key })
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({
      ok: true,
      cosigned: [{ institution: 'IGM', size: 200, at: '2026-11-21T12:10:00.000Z' }],
    })
  },
)

test('every row has a name of its own, and every way to fail has a row', () => {
  const met = new Set(rows.map(([, , code]) => code))
  // What no tampering of ours brings about: a fault of the verifier itself.
  expect(failureCodes.filter(code => !met.has(code))).toEqual(['folder-unreadable'])
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThanOrEqual(250)
  expect(new Set(oneOfEachCode.map(([, , code]) => code))).toEqual(met)
})

const everyThird = oneOfEachCode.filter((_, nth) => nth % 3 === 0)
tampered(log, everyThird)
