// Every way to tamper with an exported log that we could think of, by name, and the code that each is refused with.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { type FailureCode, failureCodes } from '../../verify/verdict.ts'
import * as cosigned from './tamper-cosigned.ts'
import { flippedBytes, signedLog } from './flipped-bytes.ts'
import { copyOf, digestOf } from './log-bench.ts'
import { vkeyOf } from './log-notes.ts'
import { tamperings as rows } from './tamperings.ts'

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
})

// All that the auditor has beside the folder is the log's key, on paper.
describe('is refused by whoever has the key of the log:', () => {
  test.each(rows)('%s', async (_, tamper, code: FailureCode, index) => {
    const bench = copyOf(log.bench().dir, join(folder, 'copy'), signer)
    const options = tamper(bench) ?? {}
    // A tampering that changes nothing tests nothing; a row that asks another question need not change anything.
    if (Object.keys(options).length === 0)
      expect(digestOf(bench.dir)).not.toBe(digestOf(log.bench().dir))
    const verdict = await verifyFolder(bench.dir, { now, vkey: vkeyOf(signer), ...options })
    const place = typeof index === 'function' ? index(bench) : index
    expect(verdict).toMatchObject({ ok: false, code })
    expect(verdict.ok ? undefined : verdict.index).toBe(place)
  })
})

flippedBytes(log, 8)
