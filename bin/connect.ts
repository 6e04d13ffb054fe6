// From the global options to a client: which hub, with whose key.
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { hubClient, type HubClient } from '../client/hub-client.ts'
import { hubKey, parsePrivateJwk, type HubKey } from '../client/keys.ts'
import { signerOf } from '../client/sign.ts'
import { stop, stopOnSignals } from './ending.ts'
import { readText } from './input.ts'
import { jsonValue } from './json-records.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage.ts'

export type ConnectOptions = { hub: string; as?: string; key?: string; authority?: string }

/** A hub to talk to. `names` tells the keys that hub.json knows by their keyid. */
export type Connection = {
  client: HubClient
  /** The host[:port] the hub knows itself by. */
  authority: string
  names: ReadonlyMap<string, string>
  /** What the client signs with, and the file it was read from. */
  key: HubKey
  keyFile: string
  /** Whose key it is, where hub.json knows it. */
  institution?: string
}

/** What the local hub writes about itself (api.md, The local hub). */
const HubFile = z.object({
  url: z.url(),
  authority: z.string(),
  keys: z.array(
    z.object({ name: z.string(), institution: z.string(), keyid: z.string(), file: z.string() }),
  ),
})

type HubFile = z.infer<typeof HubFile>

/**
 * Connects by `--hub` (a folder with hub.json, or a URL), `--as` or `--key`.
 * @param usual the key of hub.json to use when neither `--as` nor `--key` says which; it is named on stderr
 * @throws UsageError when there is no such hub or key
 */
export async function connect(
  options: ConnectOptions,
  usual: string,
  terminal: Terminal,
): Promise<Connection> {
  const { language } = terminal
  const client = (url: string, authority: string, key: HubKey) =>
    hubClient({
      url,
      key,
      language,
      // A local hub may have been started on another day (`npm start -- --now`).
      followClock: ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname),
      authority,
      stop,
    })
  stopOnSignals(() => terminal.note(terminal.say('stopping')))
  const connection = async (
    url: string,
    authority: string,
    keyFile: string,
    known: HubFile['keys'] = [],
  ): Promise<Connection> => {
    const key = await readKey(keyFile)
    const institution = known.find(({ keyid }) => keyid === key.keyid)?.institution
    return {
      client: client(url, authority, key),
      authority,
      names: new Map(known.map(({ keyid, name }) => [keyid, name])),
      key,
      keyFile,
      ...(institution === undefined ? {} : { institution }),
    }
  }
  if (/^https?:\/\//.test(options.hub)) {
    if (options.key === undefined) throw new UsageError('usage.url-needs-key')
    const authority = options.authority ?? new URL(options.hub).host
    return connection(options.hub, authority, options.key)
  }
  const hub = await readHubFile(options.hub)
  const authority = options.authority ?? hub.authority
  if (options.key !== undefined) return connection(hub.url, authority, options.key, hub.keys)
  const listed = hub.keys.find(({ name }) => name === (options.as ?? usual))
  if (!listed)
    throw new UsageError('usage.no-such-key', {
      names: hub.keys.map(({ name }) => name).join(', '),
    })
  if (options.as === undefined)
    terminal.note(terminal.say('as', { name: listed.name, institution: listed.institution }))
  return connection(hub.url, authority, resolve(options.hub, listed.file), hub.keys)
}

/** @throws UsageError when the folder has no hub.json that can be read */
export async function readHubFile(folder: string): Promise<HubFile> {
  try {
    return HubFile.parse(jsonValue(await readText(join(folder, 'hub.json'))))
  } catch {
    throw new UsageError('usage.no-hub')
  }
}

/** Reads a private JWK and tries it, so that a broken key is a usage error and not a failed signature later. */
async function readKey(file: string): Promise<HubKey> {
  try {
    const key = await hubKey(parsePrivateJwk(jsonValue(await readText(file))))
    await signerOf(key)
    return key
  } catch {
    throw new UsageError('usage.unreadable-key')
  }
}
