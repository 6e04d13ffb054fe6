// What a browser's worker checks a log by, held against the command line's: over the whole log, and over one that was
// tampered with, of a folder and of a ZIP file, with an older checkpoint and without, one verdict, to the letter.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { checkLater, sha256 } from '../../verify/check-later.ts'
import { unzipped } from '../../console/src/unzip.ts'
import { zipped } from '../../console/src/zip.ts'
import { chosenFiles } from '../../verify/chosen-files.ts'
import { judge } from '../../verify/judge.ts'
import { verifyFolder, type VerifyOptions } from '../../verify/verify-folder.ts'
import type { Verdict } from '../../verify/verdict.ts'
import type { signedLog } from './flipped-bytes.ts'
import { copyOf } from './log-bench.ts'
import { checkpointOf, vkeyOf } from './log-notes.ts'
import type { Row } from './tamper-note.ts'

type Asking = Partial<Pick<VerifyOptions, 'since' | 'now' | 'maxAgeMs'>>

/** The bytes of a file that somebody chose; none where it is gone. */
const chosenFile = (file: string) => {
  try {
    return { file, bytes: readFileSync(file) }
  } catch {
    return { file, bytes: undefined }
  }
}

const judgedBy = (
  { vkey, now }: { vkey: string; now: Date },
  dir: string,
  { held, since, ...asked }: Asking & { held: ReadonlyMap<string, Uint8Array> },
): Promise<Verdict> => {
  const files = chosenFiles(dir, held, bytes => bytes)
  const older = since === undefined ? {} : { since: chosenFile(since) }
  return judge(
    { files, sha256, checkBundles: checkLater(files) },
    { now, ...asked, ...older },
    () => ({
      vkey,
      by: 'given',
    }),
  )
}

const filesIn = (dir: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter(file => !file.isDirectory())
      .map(file => join(file.parentPath, file.name))
      .map(file => [relative(dir, file), readFileSync(file)]),
  )

/** Out of a ZIP file of the folder, as the console writes one. */
const throughZip = async (files: ReadonlyMap<string, Uint8Array>) => {
  const within = new Map([...files].map(([path, bytes]) => [`bitacora/${path}`, bytes]))
  const found = await unzipped(new Blob(zipped(within)))
  const read = [...found].map(async ([path, held]) => [path, await held.bytes()] as const)
  return new Map(await Promise.all(read))
}

/** Which file the evidence went to is for whoever has a disk. */
const told = (verdict: Verdict) => ({ ...verdict, evidence: undefined })

/** Holds both to one verdict over the whole log, and over the first of each code in these rows; gives the codes met. */
export const browserVerdicts = (
  log: Awaited<ReturnType<typeof signedLog>>,
  rows: readonly Row[],
): Set<string> => {
  const { folder, signer, now } = log
  const vkey = vkeyOf(signer)
  const judged = (dir: string, held: ReadonlyMap<string, Uint8Array>, asked: Asking) =>
    judgedBy({ vkey, now }, dir, { held, ...asked })
  const codes = new Set<string>()

  test('the whole log has the verdict that the command line gives', async () => {
    const bench = log.bench()
    const verdict = await judged(bench.dir, filesIn(bench.dir), {})
    expect(verdict).toMatchObject({ ok: true, size: bench.size })
    expect(verdict).toEqual(await verifyFolder(bench.dir, { now, vkey }))
  })

  test('it goes on from an older checkpoint as the command line says', async () => {
    const bench = log.bench()
    bench.write('older', checkpointOf(bench.leaves().slice(0, 100), signer))
    const asked = { since: join(bench.dir, 'older') }
    const verdict = await judged(bench.dir, filesIn(bench.dir), asked)
    expect(verdict).toMatchObject({ ok: true, since: { size: 100, added: bench.size - 100 } })
    expect(verdict).toEqual(await verifyFolder(bench.dir, { now, vkey, ...asked }))
  })

  test('so has a tampering, in a folder and in a ZIP file', async () => {
    for (const [name, tamper, code] of rows) {
      if (codes.has(code)) continue
      const bench = copyOf(log.bench().dir, join(folder, 'chosen'), signer)
      const asked: Asking = tamper(bench) ?? {}
      // Another key, or more names of the hub, are not asked for in a browser.
      if (Object.keys(asked).some(one => !['since', 'now', 'maxAgeMs'].includes(one))) continue
      const files = filesIn(bench.dir)
      const said = told(await verifyFolder(bench.dir, { now, vkey, ...asked }))
      expect([name, told(await judged(bench.dir, files, asked))]).toEqual([name, said])
      const packed = await throughZip(files)
      expect([name, told(await judged(bench.dir, packed, asked))]).toEqual([name, said])
      if (!said.ok) codes.add(said.code)
    }
  }, 300_000)

  return codes
}
