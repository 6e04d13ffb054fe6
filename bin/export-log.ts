// The signed log as a folder that anybody can verify without the hub (verify/verify-log.ts), laid out as C2SP
// tlog-tiles.
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { HubClient } from '../client/hub-client.ts'
import { sameBytes } from '../log/bytes.ts'
import { tileWidth } from '../log/tiles.ts'
import type { CosignedCheckpoint } from '../schemas/access-log.ts'
import { InstitutionCode, Instant } from '../schemas/ids.ts'
import { cosignedPath } from '../verify/cosigners.ts'
import { type LoggedEntry, readEntry } from '../verify/entries.ts'
import { exportedKeys, logHead } from '../verify/export.ts'
import { isFolder } from '../verify/folder.ts'
import { type NoteKey, readCheckpoint } from '../verify/note.ts'
import { entriesOf, type TilePlace, tilesOf } from '../verify/places.ts'
import { policyText, readPolicy } from '../verify/policy.ts'
import { Failed } from '../verify/verdict.ts'

export type Exported = { size: number; vkey: string }

/** Tiles asked for at once: each is a request that the hub logs and signs for. */
const together = 4

/**
 * Exports what the last signed checkpoint covers. Full tiles that are there are kept, for they never change. A broken
 * export is whole again after the next one; until then the folder does not verify. An older checkpoint is kept as
 * `checkpoint.previous`, for `--since`.
 * @param options.hub the name that the hub is called by (RFC 9421 `@authority`): what callers signed for
 * @param options.expected the log's key as it is known here; another one is not believed
 * @throws Failed `not-an-export` when there is something else than a folder, `policy-key` or `log-key` when the folder
 *   is another log's or the hub's key is another than expected, or a code of the checkpoint when the hub's does not
 *   hold
 */
export async function exportLog(
  client: Pick<HubClient, 'request'>,
  folder: string,
  options: {
    hub: string
    expected?: string | undefined
    now?: () => Date
    progress?: (done: number, total: number) => void
  },
): Promise<Exported> {
  const { hub, expected, now = () => new Date(), progress = () => {} } = options
  if (!isFolder(folder)) throw new Failed('not-an-export', folder)
  const head = await logHead(client, expected)
  const { vkey, origin, signer, note, size, cosigned } = head
  await refuseOtherLog(folder, vkey)

  const places = tilesOf(size)
  const wanted = places.filter(
    ({ width, path }) => width < tileWidth || !existsSync(join(folder, path)),
  )
  let done = 0
  const queue = wanted.values()
  const work = async () => {
    for (const { path } of queue) {
      const { body } = await client.request<Uint8Array>('GET', `/v1/access-log/${path}`)
      await writeWhole(join(folder, path), body)
      progress(++done, wanted.length)
    }
  }
  await Promise.all(Array.from({ length: together }, work))

  const entries = await entriesIn(folder, places)
  await writeWhole(join(folder, 'keys.json'), await exportedKeys(client, head, entries))
  for (const one of cosigned) await keepCosigned(folder, one, signer)
  const exportedAt = Instant.parse(now().toISOString())
  await writeWhole(join(folder, 'policy.json'), policyText({ origin, vkey, exportedAt, hub }))
  const checkpoint = join(folder, 'checkpoint')
  const before = await readFile(checkpoint, 'utf8').catch(() => note)
  if (before !== note) await writeWhole(join(folder, 'checkpoint.previous'), before)
  await writeWhole(checkpoint, note)
  await removeOutgrown(folder, places)
  return { size, vkey }
}

/** A folder keeps the key that it began with: a hub that has another one is not believed in silence. */
async function refuseOtherLog(folder: string, vkey: string): Promise<void> {
  const file = join(folder, 'policy.json')
  if (existsSync(file) && readPolicy(await readFile(file, 'utf8')).vkey !== vkey)
    throw new Failed('policy-key', 'policy.json')
}

async function entriesIn(folder: string, places: readonly TilePlace[]): Promise<LoggedEntry[]> {
  const found: LoggedEntry[] = []
  for (const place of places.filter(({ level }) => level === 'entries'))
    for (const leaf of entriesOf(await readFile(join(folder, place.path)), place))
      found.push(readEntry(leaf, found.length))
  return found
}

/**
 * Adds a cosigned checkpoint to those of earlier exports, which stay: what the hub would rather not show any more must
 * go on being asked about. Of the same tree the newer note is kept, of another tree of that size the first.
 */
async function keepCosigned(
  folder: string,
  { institution, checkpoint }: CosignedCheckpoint,
  signer: NoteKey,
): Promise<void> {
  const { size, root } = await readCheckpoint(checkpoint, signer, 'cosigned')
  const file = join(folder, cosignedPath(InstitutionCode.parse(institution), size))
  const before = await readFile(file, 'utf8').catch(() => checkpoint)
  if (sameBytes((await readCheckpoint(before, signer, 'cosigned')).root, root))
    await writeWhole(file, checkpoint)
}

/**
 * Partial tiles of the older tree: their hashes are in the wider ones. And what an export that was killed had begun to
 * write.
 */
async function removeOutgrown(folder: string, places: readonly TilePlace[]): Promise<void> {
  const kept = new Set(places.map(({ path }) => path))
  const ours =
    /^(tile|cosigned)\/|^(policy\.json|keys\.json|checkpoint|checkpoint\.previous)\.part$/
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/')
    const begun = ours.test(path) && path.endsWith('.part')
    const outgrown = /^tile\/.*\.p\/\d+$/.test(path) && !kept.has(path)
    if (begun || outgrown) await rm(join(folder, path))
  }
}

/** All of a file or nothing of it, also when the machine stops. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const begun = `${file}.part`
  await writeFile(begun, content, { flush: true })
  await rename(begun, file)
  // The name too must outlast a power cut, where the system lets a folder be synced.
  const place = await open(dirname(file)).catch(() => undefined)
  await place?.sync().catch(() => {})
  await place?.close()
}
