// What `--hub` names: a folder with hub.json, or the address of a hub. What looks like one and is none is said, not
// tried.
import { existsSync } from 'node:fs'
import { UsageError } from './usage.ts'

/** Where a hub listens, and the host[:port] that it knows itself by. */
export type Address = { url: string; authority: string }

/**
 * The address in `--hub`, or nothing where it names a folder.
 * @param authority `--authority`, for a hub behind another name than its own
 * @throws UsageError for a host without its scheme, another scheme, a path, a query or a user, and for `localhost`,
 * which the local hub does not answer to
 */
export function addressIn(hub: string, authority?: string): Address | undefined {
  const host = /^(localhost|\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?\/?$/i
  if (!hub.includes('://')) {
    if (host.test(hub) && !existsSync(hub)) throw new UsageError('usage.hub-scheme')
    return undefined
  }
  if (!URL.canParse(hub)) throw new UsageError('usage.hub-url')
  const { protocol, origin, pathname, search, hash, username, hostname, port } = new URL(hub)
  const plain = pathname === '/' && search === '' && hash === '' && username === ''
  if (!['http:', 'https:'].includes(protocol) || !plain) throw new UsageError('usage.hub-url')
  if (hostname === 'localhost' && authority === undefined)
    throw new UsageError('usage.hub-localhost', { port: port === '' ? '80' : port })
  return { url: origin, authority: authority ?? new URL(origin).host }
}
