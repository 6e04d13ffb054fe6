// What was accepted from here, kept beside the key: names that tell nothing (HMACs) and the hub's ids. The hub
// remembers an answer for a day; after that this is how the same row is known from another one with the same own
// number. It is never believed alone: the hub is asked whether it has the referral.
import { open, readFile, type FileHandle } from 'node:fs/promises'
import * as z from 'zod'
import type { Ending } from '../ending.ts'
import type { Prepared } from './repeat.ts'

const Accepted = z.object({
  content: z.string(),
  own: z.string(),
  referralId: z.string(),
  /** When the hub had it, by the hub's clock. */
  at: z.string(),
})
type Accepted = z.infer<typeof Accepted>

export type SentBook = Awaited<ReturnType<typeof sentBook>>

/**
 * Opens the book in a file. One that cannot be read or written is none: it decides nothing that the hub does not
 * confirm.
 */
export async function sentBook(file: string, { fileLost }: Pick<Ending, 'fileLost'>) {
  const text = await readFile(file, 'utf8').catch(() => '')
  const byContent = new Map<string, Accepted>()
  const owns = new Set<string>()
  const note = (one: Accepted) => {
    byContent.set(one.content, one)
    owns.add(one.own)
  }
  for (const line of text.split('\n')) {
    const one = accepted(line)
    if (one) note(one)
  }
  let handle: FileHandle | undefined
  let closed = false
  // A run that was killed may have left half a line: the first line of this one ends it.
  let half = text !== '' && !text.endsWith('\n')

  return {
    /** What was accepted with this very content. */
    sameContent: ({ content }: Prepared) => byContent.get(content),
    /** Whether something was accepted under this own number, with whatever content. */
    hasOwn: ({ own }: Prepared) => owns.has(own),

    /** Adds a line: whole lines at the end of the file, so that two runs at once do not mix. */
    async add({ content, own }: Prepared, { referralId, at }: { referralId: string; at: string }) {
      if (byContent.get(content)?.referralId === referralId) return
      note({ content, own, referralId, at })
      if (closed) return
      try {
        handle ??= await open(file, 'a', 0o600)
        const line = `${JSON.stringify({ content, own, referralId, at })}\n`
        await handle.appendFile(half ? `\n${line}` : line)
        half = false
      } catch (error) {
        closed = true
        fileLost(error)
      }
    },

    close: async () => {
      await handle?.sync().catch(() => {})
      await handle?.close().catch(() => {})
    },
  }
}

/** A line of the book. Half a line, or one of a later version, is none. */
function accepted(line: string): Accepted | undefined {
  try {
    return Accepted.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
