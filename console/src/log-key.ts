// The key of the log, as this browser knows it since the first check that held: what signs otherwise later is not
// believed. It says nothing of anybody.
import { store } from './store.ts'

export type KnownKey = { vkey: string; since: string }

const kept = 'log-key'

/** `broken`: something is there that cannot be read. It is not taken for nothing, which would be to trust again. */
const read = (): KnownKey | 'broken' | undefined => {
  let text: string | null
  try {
    text = localStorage.getItem(kept)
  } catch {
    return undefined
  }
  if (text === null) return undefined
  try {
    const { vkey, since } = JSON.parse(text) as Partial<KnownKey>
    if (typeof vkey === 'string' && typeof since === 'string') return { vkey, since }
  } catch {
    // As below.
  }
  return 'broken'
}

export const knownKey = store(read())

/** Whether it will still be known when the page is opened again. */
export const rememberKey = (key: KnownKey): boolean => {
  knownKey.set(key)
  try {
    localStorage.setItem(kept, JSON.stringify(key))
    return true
  } catch {
    return false
  }
}

/** For trying alone: a hub that begins again on the same machine has another key. */
export const forgetKey = (): void => {
  localStorage.removeItem(kept)
  knownKey.set(undefined)
}
