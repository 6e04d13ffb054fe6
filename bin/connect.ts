// From the global options to a client: which hub, with whose key.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { hubClient, type HubClient } from '../client/hub-client.ts'
import { hubKey, parsePrivateJwk, type HubKey } from '../signatures/keys.ts'
import { signerOf } from '../signatures/sign.ts'
import { addressIn } from './address.ts'
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
  const { language, ending } = terminal
  const client = (url: string, authority: string, key: HubKey) =>
    hubClient({
      url,
      key,
      language,
      // A local hub may have been started on another day (`npm start -- --now`).
      followClock: ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname),
      authority,
      stop: ending.stop,
      fetch: fetchOfHub,
    })
  ending.stopOnSignals(() => terminal.note(terminal.say('stopping')))
  const connection = async (
    url: string,
    authority: string,
    keyFile: string,
    known: HubFile['keys'] = [],
  ): Promise<Connection> => {
    const key = await readKey(keyFile, terminal)
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
  const address = addressIn(options.hub, options.authority)
  if (address) {
    if (options.key === undefined) throw new UsageError('usage.url-needs-key')
    return connection(address.url, address.authority, options.key)
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
  const file = join(folder, 'hub.json')
  if (!existsSync(folder)) throw new UsageError('usage.no-hub-folder')
  if (!existsSync(file)) throw new UsageError('usage.no-hub')
  const parsed = HubFile.safeParse(valueIn(await readText(file)))
  if (!parsed.success) throw new UsageError('usage.broken-hub-file')
  return parsed.data
}

/** Nothing for what is no JSON. */
function valueIn(text: string): unknown {
  try {
    return jsonValue(text)
  } catch {
    return undefined
  }
}

/** Something answered that is no hub: without its mark, and neither in JSON nor as the texts that it serves. */
export class NotAHub extends Error {
  override readonly name = 'NotAHub'
}

/** Each answer of a hub has its request's id; one of the gateway before it has the gateway's, or is JSON. */
const fetchOfHub: typeof fetch = async (...request) => {
  const answer = await fetch(...request)
  const { headers } = answer
  const marked = headers.has('x-request-id') || headers.has('apigw-requestid')
  if (!marked && !/json|text\/plain|octet-stream/.test(headers.get('content-type') ?? ''))
    throw new NotAHub()
  return answer
}

/**
 * Reads a private JWK and tries it, so that a broken key is a usage error and not a failed signature later.
 * @throws UsageError that says what the file is instead
 */
async function readKey(file: string, { say, note, reading }: Terminal): Promise<HubKey> {
  const text = await readText(file, reading)
  if (/^\s*-----BEGIN /.test(text)) throw new UsageError('usage.key-pem')
  const value = valueIn(text)
  const isPublic = typeof value === 'object' && value !== null && 'kty' in value && !('d' in value)
  if (isPublic) throw new UsageError('usage.key-public')
  let key: HubKey
  try {
    key = await hubKey(parsePrivateJwk(value))
    await signerOf(key)
  } catch {
    throw new UsageError('usage.unreadable-key')
  }
  // Windows has no such bits.
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (open) note(say('key.open', { file }))
  return key
}
