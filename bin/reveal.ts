// What of a pulled message may appear on a terminal: nothing personal, unless `--reveal` asks for it.
import type { Released } from '../client/hub-client.ts'
import type { PulledMessage } from '../schemas/inbox.ts'

/**
 * The message as `--json` prints it. Without `reveal` each category that came is named, and its content is `"hidden"`.
 * A header is printed as it is: the sender's own number comes to the sender alone, whose it is.
 * Test: "without --reveal nothing personal reaches the terminal" (test/bin/reveal.test.ts).
 */
export function printableMessage(message: PulledMessage, reveal: boolean): unknown {
  if (reveal) return message
  const { payload, ...rest } = message
  return {
    ...rest,
    ...(payload === undefined ? {} : { payload: hidden(payload) }),
  }
}

/** A second opening as `--json` prints it, by the same rule. */
export function printableRelease(released: Released, reveal: boolean): unknown {
  if (reveal) return released
  const { payload, ...rest } = released
  return { ...rest, payload: hidden(payload) }
}

const hidden = (payload: object) =>
  Object.fromEntries(Object.keys(payload).map(category => [category, 'hidden']))
