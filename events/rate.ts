// How fast one key may go: a token bucket, kept as one number, the moment at which it will be full again (the "generic
// cell rate algorithm" of ITU-T I.371). Whoever takes tokens moves that moment on by an addition, so nobody has to read
// before writing.

/** `perSecond` requests on and on, `burst` at once after a pause. Whole numbers from 1. */
export type Rate = { perSecond: number; burst: number }

/** What the contract promises every key unless the deployment says otherwise (api: 429 `rate-limited`). */
export const defaultRate: Rate = { perSecond: 200, burst: 400 }

/**
 * Pulls of one key that may begin to wait for messages. A pull that waits holds a function for up to 20 s, and the
 * functions are everybody's: so no key ever has more than 60 of them waiting. One pull more is answered at once with
 * what is there.
 */
export const waitRate: Rate = { perSecond: 2, burst: 20 }

/** Microseconds since 1970: whole numbers keep sums exact. */
export type Micros = number

/** What one request costs of the bucket's time. Rounded up: rather a little less than the rate than a little more. */
export const costOf = ({ perSecond }: Rate): Micros => Math.ceil(1_000_000 / perSecond)

/** From empty to full. */
export const emptyFor = (rate: Rate): Micros => rate.burst * costOf(rate)

/**
 * No bucket can be emptier than empty. One that says so by more than clocks differ was written before the clock was set
 * back.
 */
export const clockSlip: Micros = 60_000_000

/**
 * What `want` requests at `now` get of a bucket that is full again at `fullAt` (a bucket nobody has used is full): as
 * many as there are, or nothing and the moment from which there is one again.
 */
export const take = (
  rate: Rate,
  now: Micros,
  fullAt: Micros | undefined,
  want: number,
): { granted: number; fullAt: Micros } | { granted: 0; againAt: Micros } => {
  const missing = Math.max(0, (fullAt ?? now) - now)
  const owed = missing > emptyFor(rate) + clockSlip ? 0 : missing
  const granted = Math.min(want, Math.floor((emptyFor(rate) - owed) / costOf(rate)))
  return granted < 1
    ? { granted: 0, againAt: now + owed + costOf(rate) - emptyFor(rate) }
    : { granted, fullAt: now + owed + granted * costOf(rate) }
}

/** Tokens that one function instance holds for a key. */
export type Lease = { granted: number; left: number; lapsed: boolean }

/** A tenth of a second's worth: what the instances of one key may hold and lose must stay small against its rate. */
const largestLease = ({ perSecond }: Rate): number => Math.max(1, Math.floor(perSecond / 10))

/**
 * How many tokens to take next: twice as many as the last lease had if it was used up in its time, else as many as were
 * used. So an idle key wastes nothing, and a busy one asks for its tokens a few times a second instead of at every
 * request.
 */
export const nextLease = (rate: Rate, { granted, left, lapsed }: Lease): number =>
  Math.min(largestLease(rate), Math.max(1, lapsed ? granted - left : granted * 2))
