// What a browser's worker checks a log by, held against the command line's: over the whole log, and over a tampering for
// each code but what only the command line can be asked (an older checkpoint, an age), one verdict, to the letter.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { checkLater, sha256 } from '../../verify/check-later.ts'
import { chosenFiles } from '../../verify/chosen-files.ts'
import { judge } from '../../verify/judge.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { signedLog } from './flipped-bytes.ts'
import { type Bench, copyOf } from './log-bench.ts'
import { vkeyOf } from './log-notes.ts'
import { tamperings } from './tamperings.ts'

const log = await signedLog()
const { folder, signer, now } = log
const vkey = vkeyOf(signer)

const asChosen = ({ dir }: Bench): Promise<Verdict> => {
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(file => !file.isDirectory())
    .map(file => relative(dir, join(file.parentPath, file.name)))
  const files = chosenFiles(dir, new Map(paths.map(path => [path, path])), path =>
    readFileSync(join(dir, path)),
  )
  return judge({ files, sha256, checkBundles: checkLater(files) }, { now }, () => ({
    vkey,
    by: 'given',
  }))
}

/** Which file the evidence went to is for whoever has a disk. */
const told = (verdict: Verdict) => ({ ...verdict, evidence: undefined })

test('the whole log has the verdict that the command line gives', async () => {
  const bench = log.bench()
  const verdict = await asChosen(bench)
  expect(verdict).toMatchObject({ ok: true, size: bench.size })
  expect(verdict).toEqual(await verifyFolder(bench.dir, { now, vkey }))
})

test('so has a tampering of every kind', async () => {
  const codes = new Set<string>()
  for (const [name, tamper, code] of tamperings) {
    if (codes.has(code)) continue
    const bench = copyOf(log.bench().dir, join(folder, 'chosen'), signer)
    if (Object.keys(tamper(bench) ?? {}).length > 0) continue
    const chosen = told(await asChosen(bench))
    expect([name, chosen]).toEqual([name, told(await verifyFolder(bench.dir, { now, vkey }))])
    if (!chosen.ok) codes.add(chosen.code)
  }
  expect(codes.size).toBeGreaterThan(80)
}, 300_000)
