// The hub of the demo: in this process, in a folder of its own, which the commands of the demo are run in.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hubClient, type HubClient } from '../../client/hub-client.ts'
import { defaultRate } from '../../events/rate.ts'
import { agreements } from '../../infra/declared.ts'
import { buildApart } from '../../infra/local/build-apart.ts'
import { builtFolder } from '../../infra/local/built.ts'
import { startHub } from '../../infra/local/hub.ts'
import { localHubName } from '../../schemas/hub-name.ts'
import { hubKey, parsePrivateJwk, type HubKey } from '../../signatures/keys.ts'
import type { Language } from '../../texts/labels.ts'

export type DemoHub = {
  readonly url: string
  readonly authority: string
  /** Everything the hub wrote lies in `.hub` below it. */
  folder: string
  /** Everything the hub said while it ran. */
  said: () => string
  now: () => Date
  key: (name: string) => HubKey
  as: (name: string) => HubClient
  /** Has the access log put in order and signed, as its schedule does every minute. */
  sequence: () => Promise<unknown>
  /** Stops it and starts it so many days later by its clock; what fell due meanwhile is then done. */
  laterBy: (days: number) => Promise<void>
  stop: () => Promise<void>
}

const day = 86_400_000

/**
 * Now, or so long before the agreement ends, when that is later, that it has nothing to say about its end yet in the
 * month that is shown.
 */
const today = (): Date => {
  const [end = Infinity] = agreements().map(({ inForceUntil }) => Date.parse(inForceUntil))
  return new Date(Math.min(Date.now(), end - 150 * day))
}

/** Starts a hub that keeps its data in a new folder, which `stop` removes. This process moves there. */
export async function demoHub(language: Language): Promise<DemoHub> {
  const folder = await mkdtemp(join(tmpdir(), 'referral-hub-demo-'))
  const [data, built] = [join(folder, '.hub'), join(folder, 'built')]
  const lines: string[] = []
  // Kept on disk and not in memory, so that the last scene of a referral searches what a thief would get.
  const begin = (now: Date) =>
    startHub({ data, ephemeral: false, now, log: (line: string) => void lines.push(line) })
  // It is started several times, and made once.
  const made =
    builtFolder() === undefined ? buildApart(built, defaultRate, { name: localHubName }) : undefined
  await made?.template
  if (made) process.env['HUB_BUILT'] = built
  let hub = await begin(today())
  const now = () => new Date(Date.now() + hub.aheadMs)
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
  const before = process.cwd()
  process.chdir(folder)
  return {
    get url() {
      return hub.url
    },
    get authority() {
      return hub.authority
    },
    folder,
    said: () => lines.join('\n'),
    now,
    key,
    as: name => {
      const { url, authority } = hub
      return hubClient({ url, authority, key: key(name), language, now })
    },
    sequence: () => hub.invoke('referral-hub-SequenceAccessLog', {}),
    laterBy: async days => {
      const then = new Date(now().getTime() + days * day)
      await hub.stop()
      hub = await begin(then)
      await hub.invoke('referral-hub-RunDueWork', {})
    },
    stop: async () => {
      await hub.stop()
      process.chdir(before)
      if (made) delete process.env['HUB_BUILT']
      await rm(folder, { recursive: true, force: true })
    },
  }
}
