// What was taken from the inbox with this key and not acknowledged yet, kept beside it: handles are known only to
// whoever pulled, and people name a referral. Ids and handles, nothing of a person. It decides nothing: the hub judges
// each handle, and a file that is lost, or cannot be written, only means that handles are given as hub pull showed
// them.
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import * as z from 'zod'
import type { PulledMessage } from '../schemas/inbox.ts'

const Lease = z.object({
  handle: z.string(),
  referralId: z.string(),
  folio: z.string().optional(),
  type: z.string(),
  /** By this machine's clock, which is the only one that compares it. */
  until: z.string(),
})
/** One delivery, with what people call it by. */
export type Lease = z.infer<typeof Lease>

const Settled = z.object({ settled: z.string() })

export type Leases = ReturnType<typeof leasesIn>

/** @param file beside the key; made at first use, readable by its owner alone */
export const leasesIn = (file: string) => {
  const write = async (lines: readonly object[]): Promise<void> => {
    const text = lines.map(one => `${JSON.stringify(one)}\n`).join('')
    await appendFile(file, text, { mode: 0o600 }).catch(() => {})
  }

  /** Deliveries that nobody settled from here and whose lease has not run out at `now`, the oldest first. */
  const held = async (now: Date): Promise<Lease[]> => {
    const text = await readFile(file, 'utf8').catch(() => '')
    const found = new Map<string, Lease>()
    for (const line of text.split('\n')) {
      const value = valueOf(line)
      const settled = Settled.safeParse(value)
      const lease = Lease.safeParse(value)
      if (settled.success) found.delete(settled.data.settled)
      else if (lease.success && Date.parse(lease.data.until) > now.getTime())
        found.set(lease.data.handle, lease.data)
    }
    return [...found.values()]
  }

  return {
    held,

    /** Notes what was taken until an instant. What is over is dropped. */
    took: async (messages: readonly PulledMessage[], until: Date, now: Date): Promise<void> => {
      const taken = messages.map(({ handle, event }): Lease => ({
        handle,
        referralId: event.subject,
        ...(event.type === 'referral.requested.v1' ? { folio: event.data.folio } : {}),
        type: event.type,
        until: until.toISOString(),
      }))
      const text = await readFile(file, 'utf8').catch(() => '')
      if (text.length > mostLetters) {
        const draft = `${file}.${crypto.randomUUID()}`
        const left = (await held(now)).map(one => `${JSON.stringify(one)}\n`).join('')
        await writeFile(draft, left, { mode: 0o600 })
          .then(() => rename(draft, file))
          .catch(() => rm(draft, { force: true }))
      }
      if (taken.length > 0) await write(taken)
    },

    /** Notes that handles were acknowledged or given back. */
    settled: async (handles: readonly string[]): Promise<void> => {
      if (handles.length > 0) await write(handles.map(settled => ({ settled })))
    },
  }
}

/** From this length on a file is written again, without what is over. */
const mostLetters = 200_000

/** Half a line, of a run that was killed, is none. */
function valueOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
