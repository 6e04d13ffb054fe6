// What a hub serves as its console, as it comes over the network: hostile until it is compared.
import { setTimeout as wait } from 'node:timers/promises'
import { HubUnreachable } from '../../client/refusal.ts'

/** More than a console of ours has, by far; what is longer is not read to its end. */
const mostBytes = 8_000_000
const patienceMs = 20_000

/** The bytes at a path; undefined where there is no such file. What redirects serves nothing: it is somebody else's. */
export type Fetched = (path: string) => Promise<Uint8Array | undefined>

/** Whose turn it is not yet (429) has no file missing: what is asked too fast is asked again, three times at most. */
const waitsMs = [500, 1000, 2000]

/**
 * @param hub its address; what is asked for lies below its origin
 * @throws HubUnreachable where no answer came, where one does not end, and where the hub has too much to do
 */
export const fetchedFrom =
  (hub: URL, stop: AbortSignal): Fetched =>
  async path => {
    const ask = async (waits: readonly number[]): Promise<Uint8Array | undefined> => {
      const answer = await fetch(new URL(path, hub.origin), {
        redirect: 'manual',
        cache: 'no-store',
        signal: AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]),
      })
      if (answer.status === 200) return bodyOf(answer)
      await answer.body?.cancel()
      const [pause, ...later] = waits
      if (answer.status === 429 && pause !== undefined) {
        await wait(pause, undefined, { signal: stop })
        return ask(later)
      }
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status))
      return undefined
    }
    try {
      return await ask(waitsMs)
    } catch (cause) {
      if (stop.aborted) throw stop.reason
      throw new HubUnreachable(cause)
    }
  }

const bodyOf = async (answer: Response): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > mostBytes) throw new Error('too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
