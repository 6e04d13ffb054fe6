// A log that was tampered with is refused, each time with the code and the place that the tampering's row says.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import type { signedLog } from './flipped-bytes.ts'
import { copyOf, digestOf } from './log-bench.ts'
import { vkeyOf } from './log-notes.ts'
import type { Row } from './tamper-note.ts'

export const tampered = (log: Awaited<ReturnType<typeof signedLog>>, rows: readonly Row[]) =>
  // All that the auditor has beside the folder is the log's key, on paper.
  describe('is refused by whoever has the key of the log:', () => {
    const { folder, signer, now } = log
    let whole: string | undefined
    test.each(rows)('%s', async (_, tamper, code, index) => {
      const bench = copyOf(log.bench().dir, join(folder, 'copy'), signer)
      const options = tamper(bench) ?? {}
      // A tampering that changes nothing tests nothing; a row that asks another question need not change anything.
      if (Object.keys(options).length === 0)
        expect(digestOf(bench.dir)).not.toBe((whole ??= digestOf(log.bench().dir)))
      const verdict = await verifyFolder(bench.dir, { now, vkey: vkeyOf(signer), ...options })
      const place = typeof index === 'function' ? index(bench) : index
      expect(verdict).toMatchObject({ ok: false, code })
      expect(verdict.ok ? undefined : verdict.index).toBe(place)
    })
  })
