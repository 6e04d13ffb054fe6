// A small world around the access log's table and key: actors whose AWS calls happen one at a time, in an order and
// with faults that a seed decides. Every call is the real SDK's, against the real server.
import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { KMSClient, SignCommandInput } from '@aws-sdk/client-kms'

/** mulberry32: a number from 0 to 1, exclusive. */
export const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** The process or its connection is gone. */
export class Lost extends Error {}

type Waiting = { actor: number; go: () => Promise<void> }

/**
 * Calls wait here for their turn. Who is next is drawn among those that wait, with now and then an actor that sleeps
 * for many turns, as a process does that is paused.
 */
const turns = (random: () => number) => {
  const waiting: Waiting[] = []
  const asleep = new Map<number, number>()
  return {
    wait: (actor: number): Promise<() => void> =>
      new Promise(granted => {
        waiting.push({ actor, go: () => new Promise(over => granted(over)) })
      }),
    /** Gives turns until `done`. */
    run: async (done: () => boolean): Promise<void> => {
      for (;;) {
        // All that actors do between two calls are microtasks.
        await new Promise(resolve => setImmediate(resolve))
        if (waiting.length === 0) {
          if (done()) return
          continue
        }
        for (const [actor, left] of asleep)
          if (left > 0) asleep.set(actor, left - 1)
          else asleep.delete(actor)
        const awake = waiting.filter(({ actor }) => !asleep.has(actor))
        const from = awake.length > 0 ? awake : waiting
        const next = from[Math.floor(random() * from.length)] as Waiting
        if (random() < 0.04) asleep.set(next.actor, Math.floor(random() * 40))
        waiting.splice(waiting.indexOf(next), 1)
        await next.go()
      }
    },
  }
}

/**
 * How a call ends: done, never sent, done and its answer lost, or done twice because its answer was lost and the SDK
 * tried again.
 */
const faultOf = (random: () => number, rate: number): 'before' | 'after' | 'twice' | undefined => {
  const drawn = random()
  if (drawn >= rate) return undefined
  return drawn < rate * 0.4 ? 'before' : drawn < rate * 0.8 ? 'after' : 'twice'
}

/** @param rate how many calls of 1 end badly */
export const world = (random: () => number, rate: number) => {
  const { wait, run } = turns(random)
  const running = new Set<Promise<void>>()
  const signed: { text: string; signature: Uint8Array }[] = []
  let actors = 0
  let calm = false

  const through = async <T extends { output: unknown }>(
    actor: number,
    call: () => Promise<T>,
    seen: (answer: T) => void,
  ): Promise<T> => {
    const over = await wait(actor)
    try {
      const fault = calm ? undefined : faultOf(random, rate)
      if (fault === 'before') throw new Lost()
      const answer = await call()
      seen(answer)
      if (fault === 'after') throw new Lost()
      if (fault === 'twice') return await call()
      return answer
    } finally {
      over()
    }
  }

  return {
    signed,
    /** No more faults. */
    calm: () => (calm = true),
    /** Something that acts by itself; its calls go through the clients that it is given. */
    act: (
      clients: { dynamodb: () => DynamoDBClient; kms: () => KMSClient },
      what: (own: { dynamodb: DynamoDBClient; kms: KMSClient }) => Promise<void>,
    ): void => {
      const actor = actors++
      const [dynamodb, kms] = [clients.dynamodb(), clients.kms()]
      dynamodb.middlewareStack.add(
        (next, { commandName }) =>
          args => {
            // The SDK's own retries of a transaction carry the same token.
            const token = commandName === 'TransactWriteItemsCommand' && randomUUID()
            const input = { ...args.input, ...(token ? { ClientRequestToken: token } : {}) }
            return through(
              actor,
              () => next({ ...args, input }),
              () => {},
            )
          },
        { step: 'initialize', priority: 'high' },
      )
      kms.middlewareStack.add(
        (next, { commandName }) =>
          args =>
            through(
              actor,
              () => next(args),
              ({ output }) => {
                if (commandName !== 'SignCommand') return
                const { Message } = args.input as SignCommandInput
                const { Signature } = output as { Signature?: Uint8Array }
                const text = Buffer.from(Message as Uint8Array).toString()
                signed.push({ text, signature: Signature as Uint8Array })
              },
            ),
        { step: 'initialize', priority: 'high' },
      )
      const acting = what({ dynamodb, kms }).finally(() => running.delete(acting))
      running.add(acting)
    },
    /** Until everybody is done. Rejects where an actor met a fault that it did not expect. */
    run: async (): Promise<void> => {
      const all = Promise.all(running)
      await Promise.all([run(() => running.size === 0), all])
    },
  }
}
