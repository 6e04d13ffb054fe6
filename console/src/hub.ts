// The hub that served this page, and how the page sends to it.
import { type HubClient, hubClient } from '../../client/hub-client.ts'
import { HubError, HubUnreachable, isUnanswered } from '../../client/refusal.ts'
import type { KeySigner } from '../../signatures/sign.ts'
import { language } from './say.ts'
import { store } from './store.ts'

/** A hub on this machine, for trying: its clock may be set, and it has keys to try with. */
export const onThisMachine = ['127.0.0.1', 'localhost'].includes(location.hostname)

/** `aheadMs`: how far the hub's clock is ahead of ours. */
export type About = { authority: string; aheadMs: number }
let known: Promise<About> | undefined

const ask = async (): Promise<About> => {
  const before = Date.now()
  const answer = await fetch('/console/hub.json')
  if (!answer.ok) throw new Error(`hub.json ${answer.status}`)
  const { authority, now } = (await answer.json()) as { authority: string; now: string }
  return { authority, aheadMs: Date.parse(now) - (before + Date.now()) / 2 }
}

/** Asked once; again where no answer came. */
export const about = (): Promise<About> =>
  (known ??= ask().catch((cause: unknown) => {
    known = undefined
    throw new HubUnreachable(cause)
  }))

/** Now, by the clock of this hub where that may be set, else by ours. */
export const nowAt = ({ aheadMs }: About): Date =>
  new Date(Date.now() + (onThisMachine ? aheadMs : 0))

export const clientFor = async (signer: KeySigner): Promise<HubClient> => {
  const hub = await about()
  return hubClient({
    url: location.origin,
    authority: hub.authority,
    signer,
    language: language.get(),
    now: () => nowAt(hub),
    retries: 1,
  })
}

/** Whether something that was sent still has no answer: the line is gone, or the hub is. */
export const unanswered = store(false)

const pauseMs = 3000
const lineBack = (): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      removeEventListener('online', done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, pauseMs)
    addEventListener('online', done)
  })

/** What a hub says that could not do it now, or is still at it: asked again under the same name, it says what came. */
const notYet: readonly string[] = ['unavailable', 'request-in-progress']

/**
 * Sends until an answer comes: for what has an Idempotency-Key, which is the same each time, so that it is done once.
 * Never for an opening: each is its own disclosure.
 */
export const untilAnswered = async <Answer>(
  send: () => Promise<Answer>,
  goOn: () => boolean,
): Promise<Answer> => {
  try {
    for (;;)
      try {
        return await send()
      } catch (error) {
        const comes =
          isUnanswered(error) || (error instanceof HubError && notYet.includes(error.code))
        if (!comes || !goOn()) throw error
        unanswered.set(true)
        await lineBack()
        if (!goOn()) throw error
      }
  } finally {
    unanswered.set(false)
  }
}
