// What a page waits for: something to read, or something that its reader does.
import { useEffect, useRef, useState } from 'preact/hooks'
import { place } from './route.ts'

export type Reading<Value> =
  | { state: 'loading' }
  | { state: 'there'; value: Value }
  | { state: 'failed'; error: unknown }

/**
 * Reads again whenever one of `on` changes, when asked to, and when its page is gone to once more, as by the link of
 * where one is: meanwhile what was read of the same stays. What comes too late is not shown.
 */
export const useReading = <Value>(read: () => Promise<Value>, on: readonly unknown[]) => {
  const [reading, setReading] = useState<Reading<Value>>({ state: 'loading' })
  const [turn, setTurn] = useState(0)
  const visit = place.use()
  const last = useRef(on)
  useEffect(() => {
    let late = false
    const same = on.every((one, i) => Object.is(one, last.current[i]))
    last.current = on
    setReading(before => (before.state === 'there' && same ? before : { state: 'loading' }))
    read().then(
      value => late || setReading({ state: 'there', value }),
      (error: unknown) => late || setReading({ state: 'failed', error }),
    )
    return () => {
      late = true
    }
  }, [...on, turn, visit])
  return { reading, again: () => setTurn(n => n + 1) }
}

/** One thing at a time: a second press while the first is under way does nothing. */
export const useDoing = () => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const under = useRef(false)
  const gone = useRef(false)
  useEffect(() => () => void (gone.current = true), [])
  const run = async (what: () => Promise<void>): Promise<void> => {
    if (under.current) return
    under.current = true
    setBusy(true)
    setError(undefined)
    try {
      await what()
    } catch (caught) {
      if (!gone.current) setError(caught)
    } finally {
      under.current = false
      if (!gone.current) setBusy(false)
    }
  }
  return { busy, error, setError, run }
}

/** The values of a form, when it is sent. */
export const valuesOf = (event: { currentTarget: HTMLFormElement; preventDefault: () => void }) => {
  event.preventDefault()
  const data = new FormData(event.currentTarget)
  return (name: string): string => {
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
}
