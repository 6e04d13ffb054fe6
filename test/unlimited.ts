import type { Rate } from '../events/rate.ts'

/** How fast keys may go on the hubs of tests that have many requests to make and say nothing about limits. */
export const unlimited: Rate = { perSecond: 10_000, burst: 10_000 }
