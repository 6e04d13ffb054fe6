// The offline check of a long log beside its signatures alone, in turns, each in a process of its own and on as many
// threads: CPU and time of the check over those of as many signatures.
import { execFileSync } from 'node:child_process'
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { median, table } from './measure.ts'
import { writeSignedLog } from './signed-log.ts'

/** `signatures`: with their bases, the first of the log; verified over and over, as often as it has entries. */
type Kept = { vkey: string; newest: number; size: number; jwk: JsonWebKey; signatures: string[][] }
type Taken = { cpu: number; ms: number; mib: number }

const keptIn = (folder: string): string => `${folder}.json`
const readKept = (folder: string) => JSON.parse(readFileSync(keptIn(folder), 'utf8')) as Kept

/** Verifies `count` signatures once it is told to, and says so. */
const verifyMany = ({ folder, count }: { folder: string; count: number }): void => {
  const { jwk, signatures } = readKept(folder)
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const all = signatures.map(pair => pair.map(each => Buffer.from(each, 'base64')))
  parentPort?.once('message', () => {
    for (let i = 0; i < count; i++) {
      const [base, signature] = all[i % all.length] as [Buffer, Buffer]
      if (!verify(null, base, key, signature)) throw new Error('a signature does not hold')
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
    parentPort?.postMessage('done')
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
  parentPort?.postMessage('ready')
}

const signaturesOn = async (folder: string, threads: number) => {
  const count = Math.ceil(readKept(folder).size / threads)
  const workers = Array.from(
    { length: threads },
    () => new Worker(import.meta.filename, { workerData: { folder, count } }),
  )
  await Promise.all(workers.map(worker => once(worker, 'message')))
  return async () => {
    const done = Promise.all(workers.map(worker => once(worker, 'message')))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
    for (const worker of workers) worker.postMessage('go')
    await done
  }
}

const checkOn = (folder: string, workers: number) => async (): Promise<void> => {
  const { vkey, newest } = readKept(folder)
  let told = 0
  const progress = (part: string, done: number, of: number) => {
    if (performance.now() - told < 5000) return
    told = performance.now()
    process.stderr.write(`  ${part} ${done.toLocaleString('en')} of ${of.toLocaleString('en')}\n`)
  }
  const verdict = await verifyFolder(folder, { vkey, now: new Date(newest), workers, progress })
  if (!verdict.ok) throw new Error(verdict.code)
}

/** What a process of the bench does: prints what of its time the work took. */
const measure = async (what: string, threads: number, folder: string): Promise<void> => {
  const work =
    what === 'signatures' ? await signaturesOn(folder, threads) : checkOn(folder, threads)
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  const mib = process.resourceUsage().maxRSS / 1024
  const taken: Taken = { cpu: (user + system) / 1000, ms: performance.now() - began, mib }
  process.stdout.write(JSON.stringify(taken), () => process.exit(0))
}

/**
 * Prints CPU and time for each entry, those of the check over those of as many signatures, and the most memory held.
 */
export const benchVerify = async (
  size: number,
  rounds: number,
  print: (line: string) => void,
): Promise<void> => {
  const place = mkdtempSync(join(tmpdir(), 'hub-bench-verify-'))
  const folder = join(place, 'log')
  try {
    const { signatures, ...log } = await writeSignedLog(folder, size)
    const pairs = signatures.map(({ base, signature }) =>
      [base, signature].map(each => each.toString('base64')),
    )
    writeFileSync(keptIn(folder), JSON.stringify({ ...log, size, signatures: pairs }))
    const threads = [...new Set([1, availableParallelism()])]
    const kinds = threads.flatMap(n => [`signatures ${n}`, `check ${n}`])
    const taken = new Map(kinds.map(kind => [kind, [] as Taken[]]))
    for (let round = 0; round < rounds; round++)
      for (const kind of kinds) {
        const args = [import.meta.filename, ...kind.split(' '), folder]
        const stdio = ['ignore', 'pipe', 'inherit'] as const
        const out = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: [...stdio] })
        taken.get(kind)?.push(JSON.parse(out) as Taken)
      }
    // Each round against its own signatures: a noisy one is as noisy for both.
    const row = (kind: string) => {
      const [what, on] = kind.split(' ')
      const all = taken.get(kind) as Taken[]
      const bare = taken.get(`signatures ${on}`) as Taken[]
      const over = (of: 'cpu' | 'ms') =>
        `${median(all.map((each, i) => each[of] / (bare[i] as Taken)[of])).toFixed(2)} ×`
      const each = (of: 'cpu' | 'ms') =>
        ((median(all.map(one => one[of])) * 1000) / size).toFixed(0)
      const most = Math.max(...all.map(({ mib }) => mib)).toFixed(0)
      const name = `${what === 'check' ? 'check' : 'signatures alone'}, ${on} thread(s)`
      return [name, each('cpu'), each('ms'), over('cpu'), over('ms'), most]
    }
    print(`\nOffline check of ${size.toLocaleString('en')} entries, µs for each`)
    print(table(['', 'CPU', 'time', 'CPU, ×', 'time, ×', 'MiB at most'], kinds.map(row)))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

const [, , what, threads, folder] = process.argv
if (!isMainThread) verifyMany(workerData as Parameters<typeof verifyMany>[0])
else if (import.meta.main && what !== undefined && folder !== undefined)
  await measure(what, Number(threads), folder)
