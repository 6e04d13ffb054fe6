// The offline check of a long log beside its signatures alone, in turns, each in a process of its own: CPU and time of
// the check by one thread and by one for each core, over those of the signatures on one thread.
import { execFileSync } from 'node:child_process'
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { median, table } from './measure.ts'
import { writeSignedLog } from './signed-log.ts'

type Kept = { vkey: string; newest: number; jwk: JsonWebKey; signatures: [string, string][] }
type Taken = { cpu: number; ms: number }

const keptIn = (folder: string): string => `${folder}.json`

/** What a process of the bench does: prints what of its time the work took. */
const measure = async (what: string, folder: string): Promise<void> => {
  const kept = JSON.parse(readFileSync(keptIn(folder), 'utf8')) as Kept
  const key = createPublicKey({ key: kept.jwk, format: 'jwk' })
  // What the other needs is not in this one's memory.
  const signatures =
    what === 'signatures'
      ? kept.signatures.map(pair => pair.map(each => Buffer.from(each, 'base64')))
      : []
  kept.signatures = []
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  if (what === 'signatures') {
    for (const [base, signature] of signatures as [Buffer, Buffer][])
      if (!verify(null, base, key, signature)) throw new Error('a signature does not hold')
  } else {
    const { vkey, newest } = kept
    const verdict = await verifyFolder(folder, {
      vkey,
      now: new Date(newest),
      workers: Number(what),
    })
    if (!verdict.ok) throw new Error(verdict.code)
  }
  const { user, system } = process.cpuUsage(cpu)
  const taken: Taken = { cpu: (user + system) / 1000, ms: performance.now() - began }
  process.stdout.write(JSON.stringify(taken))
}

/** Prints CPU and time for each entry, and both over those of the signatures alone. */
export const benchVerify = async (
  size: number,
  rounds: number,
  print: (line: string) => void,
): Promise<void> => {
  const place = mkdtempSync(join(tmpdir(), 'hub-bench-verify-'))
  const folder = join(place, 'log')
  const { signatures, ...log } = await writeSignedLog(folder, size)
  const pairs = signatures.map(({ base, signature }) =>
    [base, signature].map(each => each.toString('base64')),
  )
  writeFileSync(keptIn(folder), JSON.stringify({ ...log, signatures: pairs }))
  const cores = String(availableParallelism())
  const kinds = ['signatures', ...new Set(['1', cores])]
  const taken = new Map(kinds.map(kind => [kind, [] as Taken[]]))
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) {
      const args = [import.meta.filename, kind, folder]
      const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
      taken.get(kind)?.push(JSON.parse(out) as Taken)
    }
  rmSync(place, { recursive: true, force: true })
  // Each round against its own signatures: a noisy one is as noisy for both.
  const bare = taken.get('signatures') as Taken[]
  const row = (kind: string, name: string) => {
    const all = taken.get(kind) as Taken[]
    const over = (of: 'cpu' | 'ms') =>
      median(all.map((each, i) => each[of] / (bare[i] as Taken)[of])).toFixed(2)
    const each = (of: 'cpu' | 'ms') => ((median(all.map(one => one[of])) * 1000) / size).toFixed(0)
    return [name, each('cpu'), each('ms'), `${over('cpu')} ×`, `${over('ms')} ×`]
  }
  print(`\nOffline check of ${size.toLocaleString('en')} entries, µs for each`)
  print(
    table(
      ['', 'CPU', 'time', 'CPU of signatures', 'time of signatures on one thread'],
      kinds.map(kind =>
        row(kind, kind === 'signatures' ? 'signatures alone' : `check, ${kind} thread(s)`),
      ),
    ),
  )
}

const [, , what, folder] = process.argv
if (import.meta.main && what !== undefined && folder !== undefined) await measure(what, folder)
