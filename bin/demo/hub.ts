// The hub of the demo: in this process, in a folder of its own, which the commands of the demo are run in.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hubClient, type HubClient } from '../../client/hub-client.ts'
import { agreements } from '../../infra/declared.ts'
import { startHub } from '../../infra/local/hub.ts'
import { hubKey, parsePrivateJwk, type HubKey } from '../../signatures/keys.ts'
import type { Language } from '../../texts/labels.ts'

export type DemoHub = {
  url: string
  authority: string
  /** Everything the hub wrote lies in `.hub` below it. */
  folder: string
  /** Everything the hub said while it ran. */
  said: () => string
  now: () => Date
  key: (name: string) => HubKey
  as: (name: string) => HubClient
  /** Has the access log put in order and signed, as its schedule does every minute. */
  sequence: () => Promise<unknown>
  stop: () => Promise<void>
}

const day = 86_400_000

/** Now, or ten days before the agreement ended, when it has. */
const today = (): Date => {
  const [end = Infinity] = agreements().map(({ inForceUntil }) => Date.parse(inForceUntil))
  return new Date(Math.min(Date.now(), end - 10 * day))
}

/** Starts a hub that keeps its data in a new folder, which `stop` removes. This process moves there. */
export async function demoHub(language: Language): Promise<DemoHub> {
  const folder = await mkdtemp(join(tmpdir(), 'referral-hub-demo-'))
  const data = join(folder, '.hub')
  const lines: string[] = []
  const begins = today()
  const aheadMs = begins.getTime() - Date.now()
  const now = () => new Date(Date.now() + aheadMs)
  // Kept on disk and not in memory, so that the last scene searches what a thief would get.
  const hub = await startHub({
    data,
    ephemeral: false,
    now: begins,
    log: (line: string) => void lines.push(line),
  })
  const keys = new Map<string, HubKey>()
  for (const { name, file } of hub.keys) {
    const jwk: unknown = JSON.parse(await readFile(resolve(data, file), 'utf8'))
    keys.set(name, await hubKey(parsePrivateJwk(jwk)))
  }
  const key = (name: string) => {
    const found = keys.get(name)
    if (!found) throw new Error(`the local hub made no key ${name}`)
    return found
  }
  const { url, authority } = hub
  const before = process.cwd()
  process.chdir(folder)
  return {
    url,
    authority,
    folder,
    said: () => lines.join('\n'),
    now,
    key,
    as: name => hubClient({ url, authority, key: key(name), language, now }),
    sequence: () => hub.invoke('referral-hub-SequenceAccessLog', {}),
    stop: async () => {
      await hub.stop()
      process.chdir(before)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
