// What of a pulled message and of a header may appear on a terminal: nothing personal, unless `--reveal` asks for it.
import type { Released } from '../client/hub-client.ts'
import type { PulledMessage } from '../schemas/inbox.ts'
import type { ReferralHeader } from '../schemas/referral.ts'

/**
 * The message as `--json` prints it. Without `reveal` each category that came is named, and its content is `"hidden"`; so is the sender's own number.
 * Test: "without --reveal nothing personal reaches the terminal" (test/bin/reveal.test.ts).
 */
export function printableMessage(message: PulledMessage, reveal: boolean): unknown {
  if (reveal) return message
  const { payload, event, ...rest } = message
  return {
    ...rest,
    event:
      event.type === 'referral.requested.v1'
        ? { ...event, data: printableHeader(event.data, reveal) }
        : event,
    ...(payload === undefined ? {} : { payload: hidden(payload) }),
  }
}

/** A second opening as `--json` prints it, by the same rule. */
export function printableRelease(released: Released, reveal: boolean): unknown {
  if (reveal) return released
  const { referral, payload, ...rest } = released
  return { referral: printableHeader(referral, reveal), payload: hidden(payload), ...rest }
}

const hidden = (payload: object) =>
  Object.fromEntries(Object.keys(payload).map(category => [category, 'hidden']))

/** The header as `--json` prints it: the sender's own number leads back to a file, so it is hidden too. */
export function printableHeader(header: ReferralHeader, reveal: boolean): unknown {
  return reveal || header.externalId === undefined ? header : { ...header, externalId: 'hidden' }
}
