// What an officer types to narrow the log down: codes of the contract or the words that people say, and keys by any
// name that they have.
import { stat } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import type { HubClient } from '../../client/hub-client.ts'
import { type ConnectOptions, readHubFile } from '../connect.ts'
import type { Language } from '../../texts/labels.ts'
import { plain, UsageError } from '../usage.ts'

const namesOf = ([code, { es, en }]: readonly [string, Record<Language, string>]) =>
  [code, es, en].map(plain)

/**
 * A commander argument reader for a code, for its word in either language, or for a part of it that fits one code
 * alone.
 */
export const codeOrWord = <Code extends string>(
  labels: Partial<Record<Code, Record<Language, string>>>,
  language: Language,
) => {
  const all = Object.entries(labels) as [Code, Record<Language, string>][]
  const codes = all.map(([code]) => code)
  const meant = ([code, word]: (typeof all)[number]) => `${code} (${word[language]})`
  const read = (text: string): Code => {
    const wanted = plain(text)
    const exact = all.filter(each => namesOf(each).includes(wanted))
    const partly = all.filter(each => namesOf(each).some(name => name.includes(wanted)))
    const [found, ...others] = exact.length > 0 ? exact : wanted.length >= 4 ? partly : []
    if (!found || others.length > 0) throw new InvalidArgumentError(all.map(meant).join(', '))
    return found[0]
  }
  return Object.assign(read, { codes, labels })
}

/**
 * The keyids that somebody means by a name of hub.json, a post, a keyid, or the first 8 or more characters of one. A
 * post may have had several keys.
 * @throws UsageError when nothing fits
 */
export async function keysMeant(
  client: HubClient,
  names: ReadonlyMap<string, string>,
  text: string,
): Promise<string[]> {
  const named = [...names].filter(([, name]) => name === text).map(([keyid]) => keyid)
  if (named.length > 0) return named
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return [text]
  const holding = /^[A-Z0-9-]{3,24}$/.test(text) ? await keysOfPost(client, text) : []
  if (holding.length > 0) return holding
  if (/^[A-Za-z0-9_-]{8,42}$/.test(text)) return [text]
  throw new UsageError('usage.which-key')
}

async function keysOfPost(client: HubClient, post: string): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const { body } = await client.listInstitutions({ limit: 200, cursor })
    for (const { institution } of body.items)
      for (const key of (await client.getKeys(institution)).body.items)
        if ('post' in key && key.post === post) found.push(key.keyid)
    cursor = body.next
  } while (cursor !== undefined)
  return found
}

/**
 * `--key` is the file that one signs with, in every command; the key to look for in the log is `--by`, which was once
 * `--keyid` or `--key` too. So what `--key` has is the latter still, where it is a name that hub.json knows, or no
 * file.
 */
export async function signingKey(
  options: ConnectOptions,
  keyid: string | undefined,
): Promise<{ connecting: ConnectOptions; named: string | undefined }> {
  const { key, ...others } = options
  if (key === undefined) return { connecting: options, named: keyid }
  const isUrl = /^https?:\/\//.test(options.hub)
  const known = isUrl ? [] : (await readHubFile(options.hub)).keys.map(({ name }) => name)
  const isFile = await stat(key).then(
    found => found.isFile(),
    () => false,
  )
  if (isFile && !known.includes(key)) return { connecting: options, named: keyid }
  return { connecting: others, named: keyid ?? key }
}

/** Pages of several keys as one: newest first, those without a place before all. */
export const newestFirst = <Entry extends { index?: number | undefined; id: string }>(
  entries: Entry[],
): Entry[] =>
  entries.toSorted(
    (a, b) => (b.index ?? Infinity) - (a.index ?? Infinity) || (a.id < b.id ? 1 : -1),
  )
