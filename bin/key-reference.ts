// How people name a key: by its keyid, by the first characters of one, by a post, or as hub.json calls it.
import { InvalidArgumentError } from 'commander'
import type { HubClient } from '../client/hub-client.ts'
import type { KeyState } from '../schemas/agreement.ts'
import { Keyid, KeyidPrefix, Post } from '../schemas/ids.ts'
import { UsageError } from './usage.ts'

/**
 * A commander argument reader for a key: 8 or more characters of a keyid (a name of hub.json looks the same), or a
 * post.
 */
export function keyReference(text: string): string {
  if (!KeyidPrefix.safeParse(text).success && !Post.safeParse(text).success)
    throw new InvalidArgumentError('keyid, keyid[0–7…], IGM-CUMP-01')
  return text
}

/**
 * The one key of an institution that a reader above has read.
 * @param names keys that hub.json knows, by keyid
 * @param usable where a post or a beginning fits several keys, only those in a state that the command can change count
 * @returns its keyid in full; a keyid that is given in full is not asked for
 * @throws UsageError where it fits no key of the institution, or several · HubError, HubUnreachable
 */
export async function keyidOf(
  { client, names }: { client: HubClient; names: ReadonlyMap<string, string> },
  institution: string,
  { text, usable }: { text: string; usable: readonly KeyState[] },
): Promise<string> {
  if (Keyid.safeParse(text).success) return text
  const { items } = (await client.getKeys(institution)).body
  const fitting = [
    items.filter(({ keyid }) => names.get(keyid) === text),
    items.filter(({ post }) => post === text),
    items.filter(({ keyid }) => text.length >= 8 && keyid.startsWith(text)),
  ].find(found => found.length > 0)
  if (!fitting) throw new UsageError('usage.no-key-fits', { institution })
  const useful = fitting.filter(({ state }) => usable.includes(state ?? 'active'))
  const [found, ...others] = fitting.length > 1 && useful.length > 0 ? useful : fitting
  if (!found || others.length > 0)
    throw new UsageError('usage.keys-fit', {
      keyids: [found, ...others].map(key => key?.keyid ?? '').join(', '),
    })
  return found.keyid
}
