// Checks the bundles of a log on several threads, or on this one. What comes of it is the same: answers have the place
// of their bundle, whoever is done first.
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type CheckedChunk, chunkChecker, type Task } from './chunk.ts'
import { filesOf } from './folder.ts'
import type { TilePlace } from './places.ts'
import type { CheckBundles } from './read-log.ts'
import { checkedBy, sha256 } from './signature.ts'
import { NoVerdict } from './verdict.ts'

export type Asked = { n: number; place: TilePlace; bundleOnly: boolean }
export type Answer = { n: number; chunk: CheckedChunk }
/** What a thread is given when it starts. */
export type Given = { folder: string; task: Task }

/** A thread ended before its work did: nothing is known of the log. */
export class ThreadLost extends NoVerdict {
  override readonly name = 'ThreadLost'
}

/** Beside this file, with the ending that this one has: `.ts` in a checkout, `.js` in the package. */
const program = new URL(`./chunk-thread${extname(import.meta.url)}`, import.meta.url)

/** Bundles that each thread has before it: one at work, and one so that it need not wait for us. */
const ahead = 2

/** Bundles for which a thread is worth its start, some 0.2 s of a processor: about a second of work. */
const worthwhile = 24

/** How many threads check so many bundles, where nobody says. */
const threadsFor = (bundles: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(bundles / worthwhile)))

/**
 * Checks bundles of a folder.
 * @param workers 1: this thread; undefined: as many as are worth it
 * @throws ThreadLost where a thread ended before its work did
 */
export const onDisk =
  (folder: string, workers: number | undefined): CheckBundles =>
  async (places, task, take) => {
    // Behind the first entry that is none only a broken bundle is news.
    let bundleOnly = false
    const taken = (answer: Answer) => {
      const { broken, wrong } = answer.chunk
      bundleOnly ||= (broken ?? wrong) !== undefined
      take(answer)
    }
    const count = Math.min(workers ?? threadsFor(places.length), places.length)
    if (count > 1)
      return onThreads(places, { folder, task }, { count, taken, only: () => bundleOnly })
    const check = chunkChecker(task, { files: filesOf(folder), sha256, checkedBy })
    for (const [n, place] of places.entries()) {
      taken({ n, chunk: check(place, bundleOnly) })
      // Signals, and a reader of the progress who went away.
      await setImmediate()
    }
  }

const onThreads = async (
  places: readonly TilePlace[],
  given: Given,
  { count, taken, only }: { count: number; taken: (answer: Answer) => void; only: () => boolean },
): Promise<void> => {
  const threads = Array.from({ length: count }, () => new Worker(program, { workerData: given }))
  const work = new Promise<void>((resolve, reject) => {
    let next = 0
    let left = places.length
    const ask = (thread: Worker) => {
      const place = places[next]
      if (!place) return
      const asked: Asked = { n: next, place, bundleOnly: only() }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
      thread.postMessage(asked)
      next += 1
    }
    for (const thread of threads) {
      const lost = (why: unknown) => reject(new ThreadLost(String(why), { cause: why }))
      thread.on('error', lost)
      thread.on('messageerror', lost)
      thread.on('exit', code => lost(`exit ${code}`))
      thread.on('message', (answer: Answer) => {
        try {
          taken(answer)
        } catch (error) {
          reject(error)
          return
        }
        left -= 1
        if (left === 0) resolve()
        else ask(thread)
      })
      for (let i = 0; i < ahead; i++) ask(thread)
    }
  })
  try {
    await work
  } finally {
    await Promise.all(threads.map(thread => thread.terminate()))
  }
}
