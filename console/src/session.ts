// Who is at the screen. The key is in this tab's memory while it is unlocked, and nowhere else: a reload locks.
import type { HubClient } from '../../client/hub-client.ts'
import type { PublicSigner } from '../../client/institutions.ts'
import type { Me } from '../../schemas/institution.ts'
import { clientFor } from './hub.ts'
import { store } from './store.ts'
import type { KeptKey } from './wrap.ts'

export type Session = {
  signer: PublicSigner
  client: HubClient
  /** What this browser keeps of the key; not there for a trial key. */
  kept?: KeptKey | undefined
  /** The name of a trial key. */
  trial?: string | undefined
  /** Not there while the key is not in the directory yet. */
  me?: Me | undefined
}

export const session = store<Session | undefined>(undefined)

export type LockedBy = 'idle' | 'hours' | 'asked' | 'elsewhere'
/** Why nobody is at the screen any more. */
export const lockedBy = store<LockedBy | 'forgotten' | undefined>(undefined)

const idleMs = 15 * 60_000
const longestMs = 8 * 3_600_000
let began = 0
let active = 0

const tabs = new BroadcastChannel('referral-hub')
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin: this page's
const tellTabs = () => tabs.postMessage('lock')

const leave = (why: LockedBy | 'forgotten') => {
  if (session.get() === undefined) return
  session.set(undefined)
  lockedBy.set(why)
}

/** Whoever locks means the computer, not the tab. */
export const lock = (why: 'asked' | 'forgotten' = 'asked'): void => {
  leave(why)
  tellTabs()
}
tabs.addEventListener('message', () => leave('elsewhere'))

export const enter = async (
  signer: PublicSigner,
  from: { kept?: KeptKey; trial?: string; me?: Me },
): Promise<void> => {
  const client = await clientFor(signer)
  began = active = Date.now()
  lockedBy.set(undefined)
  session.set({ signer, client, ...from })
}

const look = () => {
  const now = Date.now()
  if (now - active >= idleMs) leave('idle')
  else if (now - began >= longestMs) leave('hours')
}
setInterval(look, 1000)
// A tab in the background, or a computer that slept, may have missed its time.
document.addEventListener('visibilitychange', look)
for (const sign of ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const)
  addEventListener(
    sign,
    () => {
      look()
      active = Date.now()
    },
    { passive: true, capture: true },
  )
// A page that the browser kept when one left it (bfcache) is not to come back unlocked.
addEventListener('pagehide', () => leave('asked'))
