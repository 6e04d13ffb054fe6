// A value that pages follow: who sets it has them rendered again.
import { useEffect, useState } from 'preact/hooks'

export const store = <Value>(first: Value) => {
  let value = first
  const followers = new Set<(value: Value) => void>()
  return {
    get: () => value,
    set: (next: Value) => {
      value = next
      for (const follow of followers) follow(next)
    },
    /** The value, in a component that is to follow it. */
    use: () => {
      const [seen, setSeen] = useState({ value })
      useEffect(() => {
        const follow = (next: Value) => setSeen({ value: next })
        followers.add(follow)
        // It may have changed between the first render and now.
        if (seen.value !== value) follow(value)
        return () => void followers.delete(follow)
      }, [])
      return seen.value
    },
  }
}
