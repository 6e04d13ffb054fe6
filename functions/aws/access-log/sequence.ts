// Passes of the sequencer: what is pending gets its place in the tree, and the tree's head its signature.
import { logSigner, type LogSigning } from './signing.ts'
import { type Growth, grow, growthWrites } from './placing.ts'
import type { LogHead } from './pending.ts'
import { readHead } from './rows.ts'
import { readWaiting } from './waiting.ts'
import { idAt, log } from '../runtime.ts'
import { Moved, transact } from '../dynamodb.ts'

/**
 * A transaction takes 100 items: the head, two writes for each entry, and parts of tiles. So many entries begin or go
 * on with at most four of the lowest level, and one of each of two above, or three in a tree of 16 million.
 */
const batch = 46

/** A pass that did not reach the end in its time: more comes in than is placed, or much was left over. */
class LogBehind extends Error {
  override readonly name = 'LogBehind'
}

/** What a pass came to: a signed head, and what the pass itself has placed. */
export type Pass = { head: LogHead; growths: Growth[] }

export type LogSequence = ReturnType<typeof logSequence>

export const logSequence = (deps: LogSigning) => {
  const { dynamodb, table, saw } = deps
  const signer = logSigner(deps)

  const signedHead = async (): Promise<LogHead> => signer.sign(await readHead(deps))
  /** A signed head, and what was pending at most a moment before or after it. */
  const look = () => Promise.all([signedHead(), readWaiting(deps, batch)])

  /**
   * One pass: finishes an unsigned head first, then places and signs all that was pending when it began. What comes in
   * meanwhile is left to the next pass, or a busy hub would never end one. Answers a signed head that covers all that
   * was committed before the pass.
   *
   * @param withinMs longest time; a pass that would take longer throws LogBehind, and what it placed stays placed
   */
  const pass = async (withinMs = 5000): Promise<Pass> => {
    const begun = performance.now()
    // Ids begin with their time. A second more, for clocks that are not quite ours; and the first batch is placed
    // whatever its ids say, for a clock may have been set back.
    const last = idAt(Date.now() + 1000)
    const growths: Growth[] = []
    let [head, waiting] = await look()
    for (let until: string | undefined; ; until = last) {
      const [first] = waiting.rows
      if (!first || (until !== undefined && first.id > until)) {
        // What this pass was to place may have been placed by another since the head was read, and not be signed yet.
        const covering = await signedHead()
        saw?.(covering.signedSize)
        return { head: covering, growths }
      }
      try {
        const growth = grow(head, waiting.rows)
        await transact(dynamodb)(growthWrites(table, growth, waiting.rows))
        growths.push(growth)
        head = await signer.sign(growth.to)
        if (!waiting.more) return { head, growths }
        waiting = await readWaiting(deps, batch)
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        ;[head, waiting] = await look()
      }
      if (performance.now() - begun > withinMs) throw new LogBehind()
    }
  }

  const run = async (withinMs?: number): Promise<LogHead> => (await pass(withinMs)).head

  return {
    pass,
    run,
    /** A pass for readers: where it fails, they still get to see what is written, without the newest places. */
    tryRun: async (): Promise<LogHead | undefined> =>
      run().catch((error: unknown) => {
        log('error', 'sequence-failed', { error: error instanceof Error ? error.name : 'unknown' })
        return undefined
      }),
    checkpointOf: signer.checkpointOf,
    keep: signer.keep,
    noteKey: signer.noteKey,
    verifierKey: signer.verifierKey,
  }
}
