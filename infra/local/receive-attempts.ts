// What ReceiveMessage gave out, by the id of its attempt: who lost the answer and asks again is given the same.
type Given = { Messages?: { ReceiptHandle?: string }[] | undefined }
type Attempt = { at: number; given: Promise<Given> }

/** A queue, as far as it is asked of what it has given out. */
type Lending = {
  inflightMessages: ReadonlyMap<string, { visibilityDeadline: number }>
  changeVisibility: (receiptHandle: string, timeoutSeconds: number) => void
}

const rememberedMs = 5 * 60_000

/**
 * Attempts of one queue (SQS API reference, ReceiveMessage, ReceiveRequestAttemptId): for five minutes the same id gets
 * the same messages under the same handles, and their lease begins anew, unless one of them has been deleted, was given
 * back, or has run out. What was given before a restart is not known any more.
 */
export const receiveAttempts = (queue: Lending) => {
  const attempts = new Map<string, Attempt>()
  const isOut = ({ ReceiptHandle = '' }: { ReceiptHandle?: string }, now: number) =>
    (queue.inflightMessages.get(ReceiptHandle)?.visibilityDeadline ?? 0) > now
  return async <G extends Given>(
    { id, visibilitySeconds }: { id: string; visibilitySeconds: number },
    receive: () => Promise<G>,
  ): Promise<G> => {
    const now = Date.now()
    for (const [old, { at }] of attempts) if (at <= now - rememberedMs) attempts.delete(old)
    const earlier = attempts.get(id)
    // It may still be waiting for messages.
    const before = earlier && ((await earlier.given.catch(() => undefined)) as G | undefined)
    const { Messages = [] } = before ?? {}
    if (before && Messages.length > 0 && Messages.every(one => isOut(one, Date.now()))) {
      for (const { ReceiptHandle = '' } of Messages)
        queue.changeVisibility(ReceiptHandle, visibilitySeconds)
      return before
    }
    const given = receive()
    attempts.set(id, { at: now, given })
    return given
  }
}
