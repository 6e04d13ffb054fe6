// The client's half about the inbox: taking messages, keeping them or giving them back, and having what was lost sent
// again.
import type { PulledMessage, RedriveAnswer, SettleAnswer } from '../schemas/inbox.ts'
import type { Request } from './request.ts'

/**
 * What a pull takes: how many messages, how long it waits for one, how long they are ours, and whether referrals are
 * opened.
 */
export type PullOptions = {
  max: number
  waitSeconds: number
  visibilitySeconds: number | undefined
  content: 'open' | 'none'
}

export const inboxMethods = (request: Request) => ({
  /**
   * Takes up to `max` messages: leased for `visibilitySeconds`, and delivered again if they are not acknowledged by
   * then, five times in all. Opens what the consent permits, unless `content` is `none`. Never repeated by itself: each
   * answer is its own delivery and disclosure.
   */
  pull: (command: Partial<PullOptions> = {}) =>
    request<{ messages: PulledMessage[] }>('POST', '/v1/inbox/pull', {
      body: { max: 10, waitSeconds: 0, ...command },
    }),

  /** Acknowledges up to 10 handles; repeating it does no harm. */
  ack: (handles: readonly string[]) =>
    request<SettleAnswer>('POST', '/v1/inbox/ack', { body: { handles }, repeatable: true }),

  /** Has all that the institution is owed and its queue has lost or parked sent again; answers how many. */
  redrive: () => request<RedriveAnswer>('POST', '/v1/inbox/redrive', { body: {} }),

  /** Gives up to 10 messages back, to come again after `delaySeconds`. */
  returnMessages: (handles: readonly string[], delaySeconds = 0) =>
    request<SettleAnswer>('POST', '/v1/inbox/return', {
      body: { handles, delaySeconds },
      repeatable: true,
    }),
})
