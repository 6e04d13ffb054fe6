// What fauxqs leaves out of a FIFO queue: one receive gives as many messages of a group as there are, and what is given
// back stands in its group where it stood.
type Message = { messageId: string; sequenceNumber?: string | undefined }
type Received = { MessageId?: string | undefined }

/** A queue of fauxqs, as far as its order goes. */
export type FifoQueue<M extends Message = Message, R extends Received = Received> = {
  fifoMessages: Map<string, M[]>
  /** How many messages of a group are out; while any is, nobody else is given of that group. */
  fifoLockedGroups: Map<string, number>
  dequeue: (most: number, visibilitySeconds?: number, ...more: never[]) => R[]
  changeVisibility: (receiptHandle: string, seconds: number) => void
  processTimers: () => void
}

const inOrder = (a: Message, b: Message): number =>
  (a.sequenceNumber ?? '').localeCompare(b.sequenceNumber ?? '')

/**
 * Makes a queue give out as SQS does (SQS developer guide, *FIFO delivery logic*): "as many messages with the same
 * message group ID as possible". fauxqs 2.4.1 gives one of each group, and puts each that comes back before the rest.
 */
export const giveOutAsSqs = (queue: FifoQueue): void => {
  const { fifoMessages, fifoLockedGroups: locked } = queue
  const sort = () => {
    for (const group of fifoMessages.values()) if (group.length > 1) group.sort(inOrder)
  }
  const processTimers = queue.processTimers.bind(queue)
  queue.processTimers = () => {
    processTimers()
    sort()
  }
  const changeVisibility = queue.changeVisibility.bind(queue)
  queue.changeVisibility = (receiptHandle, seconds) => {
    changeVisibility(receiptHandle, seconds)
    if (seconds === 0) sort()
  }
  const dequeue = queue.dequeue.bind(queue)
  queue.dequeue = (most, visibilitySeconds, ...more) => {
    // What is visible again at once would be given twice.
    if (visibilitySeconds === 0) return dequeue(most, visibilitySeconds, ...more)
    const ofOthers = new Set(locked.keys())
    const own = new Map<string, number>()
    const given: Received[] = []
    while (given.length < most) {
      const one = dequeue(1, visibilitySeconds, ...more)
      if (one.length === 0) break
      given.push(...one)
      for (const [group, out] of locked) {
        if (ofOthers.has(group)) continue
        own.set(group, (own.get(group) ?? 0) + out)
        locked.delete(group)
      }
    }
    for (const [group, out] of own) locked.set(group, out)
    return given
  }
}
