// The hub of the demo: in this process, on a folder of its own, on a given day.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hubClient, type HubClient } from '../../client/hub-client.ts'
import { hubKey, parsePrivateJwk, type HubKey } from '../../signatures/keys.ts'
import { startHub } from '../../infra/local/hub.ts'
import type { Language } from '../../texts/labels.ts'

export type DemoHub = {
  url: string
  authority: string
  folder: string
  /** Everything the hub said while it ran. */
  log: () => string
  now: () => Date
  as: (name: string) => HubClient
  key: (name: string) => HubKey
  names: ReadonlyMap<string, string>
  /** Has the access log put in order and signed, as its schedule does every minute. */
  sequence: () => Promise<unknown>
  stop: () => Promise<void>
}

/** The consents of the ten were given in November 2026; the demo takes place then, whatever the date is today. */
const day = '2026-11-21T12:00:00.000Z'

/** Starts a hub that keeps its data in a new folder, which `stop` removes. */
export async function demoHub(language: Language): Promise<DemoHub> {
  const folder = await mkdtemp(join(tmpdir(), 'referral-hub-demo-'))
  const lines: string[] = []
  // Kept on disk and not in memory, so that the last scene searches what a thief would get.
  const hub = await startHub({
    port: 0,
    data: folder,
    ephemeral: false,
    now: new Date(day),
    log: (line: string) => void lines.push(line),
  })
  const ahead = Date.parse(day) - Date.now()
  const now = () => new Date(Date.now() + ahead)
  const keys = new Map<string, HubKey>()
  for (const { name, file } of hub.keys) {
    const jwk: unknown = JSON.parse(await readFile(resolve(folder, file), 'utf8'))
    keys.set(name, await hubKey(parsePrivateJwk(jwk)))
  }
  const key = (name: string) => {
    const found = keys.get(name)
    if (!found) throw new Error(`the local hub made no key ${name}`)
    return found
  }
  const { url, authority } = hub
  return {
    url,
    authority,
    folder,
    log: () => lines.join('\n'),
    now,
    key,
    as: name => hubClient({ url, authority, key: key(name), language, now }),
    names: new Map(hub.keys.map(({ keyid, name }) => [keyid, name])),
    sequence: () => hub.invoke('referral-hub-SequenceAccessLog', {}),
    stop: async () => {
      await hub.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
