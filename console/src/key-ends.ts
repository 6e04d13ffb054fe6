// Where a key of the directory stands: whether it waits for its second person, and whether it ends soon.
import type { DirectoryKey } from '../../schemas/agreement.ts'

const [dayMs, soonDays] = [86_400_000, 30]

export const stateOf = ({ state }: DirectoryKey) => state ?? 'active'

export const waits = (key: DirectoryKey): boolean => stateOf(key) === 'proposed'

/** Whole days that an active key still lasts; undefined where it does not end soon. */
export const daysLeft = (key: DirectoryKey, now: Date): number | undefined => {
  const days = Math.ceil((Date.parse(key.validUntil) - now.getTime()) / dayMs)
  return stateOf(key) === 'active' && days <= soonDays ? Math.max(0, days) : undefined
}

/** Those that still last, and end soon. */
export const endingSoon = (keys: readonly DirectoryKey[], now: Date): DirectoryKey[] =>
  keys.filter(key => (daysLeft(key, now) ?? 0) > 0)
