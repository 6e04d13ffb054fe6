// Entries out of their exact bytes. A leaf is the JSON text without `index`; any other spelling of the same facts is
// not the leaf.
import { AccessLogEntry } from '../schemas/access-log.ts'
import { strictText } from './places.ts'
import { Failed } from './verdict.ts'

export type LoggedEntry = Omit<AccessLogEntry, 'index'>

/** An entry without its request. */
export type Told = Omit<LoggedEntry, 'request'>

const Leaf = AccessLogEntry.omit({ index: true })

/** The entry in a leaf: attacker-controlled input is parsed here. */
export const readEntry = (leaf: Uint8Array, index: number): LoggedEntry => {
  const text = strictText(leaf)
  let value: unknown
  try {
    value = JSON.parse(text ?? '')
  } catch {
    throw new Failed('entry-not-json', '', index)
  }
  if (typeof value !== 'object' || value === null)
    throw new Failed('entry-not-json', typeof value, index)
  if (Object.hasOwn(value, 'index')) throw new Failed('entry-index', 'index', index)
  const parsed = Leaf.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const names = issue?.code === 'unrecognized_keys' ? issue.keys : []
    throw new Failed('entry-shape', [...(issue?.path ?? []), ...names].join('.'), index)
  }
  // Spaces, escapes, a member twice, a member `__proto__`: whatever the re-reading does not give back. (In a value its
  // quotes are escaped.)
  if (JSON.stringify(value) !== text || text.includes('"__proto__":'))
    throw new Failed('entry-not-exact', '', index)
  return parsed.data
}

/** No two entries have one id. */
export const refuseRepeated = (entries: readonly Told[]): void => {
  const seen = new Set<string>()
  entries.forEach(({ id }, index) => {
    if (seen.has(id)) throw new Failed('entry-repeated', id, index)
    seen.add(id)
  })
}
