// How much API Gateway lets through to each route, from everyone together, before anything of ours runs. Each key's own
// rate is the functions' business (functions/aws/rate.ts): here nobody is known yet.
import type { Rate } from '../events/rate.ts'
import type { RouteKey } from './functions.ts'

/** Every route of its own: room for five keys at full speed, and a ceiling on what a flood of strangers can cost. */
const each = ({ perSecond, burst }: Rate): Rate => ({
  perSecond: Math.max(1000, 5 * perSecond),
  burst: Math.max(2000, 5 * burst),
})

/** Opens content: KMS calls and a place in the signed log. Still more than two keys together may ask for. */
const costly = ({ perSecond, burst }: Rate): Rate => ({
  perSecond: Math.max(500, Math.ceil(2.5 * perSecond)),
  burst: Math.max(1000, Math.ceil(2.5 * burst)),
})

/** Asks table, queue and key, for anyone: enough for monitors. */
const open: Rate = { perSecond: 50, burst: 100 }

/** The console's files, for anyone: a page is four of them, and a browser keeps what it has. */
const files: Rate = { perSecond: 100, burst: 200 }

/**
 * The limits of the stage, given the rate of one key: none of the signed routes' may be below it, or one partner could
 * use up a route.
 */
export const stageLimits = (rate: Rate) => ({
  each: each(rate),
  routes: {
    'POST /v1/inbox/pull': costly(rate),
    'POST /v1/referrals/{referralId}/release': costly(rate),
    'GET /v1/health': open,
    'HEAD /v1/health': open,
    'GET /': files,
    'HEAD /': files,
    'GET /console': files,
    'HEAD /console': files,
    'GET /console/{file+}': files,
    'HEAD /console/{file+}': files,
  } satisfies Partial<Record<RouteKey, Rate>>,
})
