// The signed log as the files of an export, which `hub log verify` and `verify-log` take as they are. Loaded when
// somebody exports it: it reads every entry by its shape.
import type { HubClient } from '../../client/hub-client.ts'
import type { Bytes } from '../../log/bytes.ts'
import { Instant, InstitutionCode } from '../../schemas/ids.ts'
import { cosignedPath } from '../../verify/cosigners.ts'
import { type LoggedEntry, readEntry } from '../../verify/entries.ts'
import { exportedKeys, logHead } from '../../verify/export.ts'
import { readCheckpoint } from '../../verify/note.ts'
import { entriesOf, tilesOf } from '../../verify/places.ts'
import { policyText } from '../../verify/policy.ts'

/** Tiles asked for at once, as the command line does. */
const together = 4

/**
 * @param hub the name that callers sign for (RFC 9421 `@authority`)
 * @param expected the log's key as this browser knows it
 * @throws Failed where the hub's key is another one, or what it signed does not hold
 */
export const signedLog = async (
  client: HubClient,
  {
    hub,
    expected,
    progress,
  }: { hub: string; expected: string | undefined; progress: (done: number, total: number) => void },
): Promise<{ size: number; files: Map<string, Bytes> }> => {
  const head = await logHead(client, expected)
  const { vkey, origin, signer, note, size, cosigned } = head
  const places = tilesOf(size)
  const tiles = new Map<string, Bytes>()
  const queue = places.values()
  const work = async () => {
    for (const { path } of queue) {
      const { body } = await client.request<Bytes>('GET', `/v1/access-log/${path}`)
      tiles.set(path, body)
      progress(tiles.size, places.length)
    }
  }
  await Promise.all(Array.from({ length: together }, work))
  const entries: LoggedEntry[] = []
  for (const place of places)
    if (place.level === 'entries')
      for (const leaf of entriesOf(tiles.get(place.path) ?? new Uint8Array(), place))
        entries.push(readEntry(leaf, entries.length))
  const files = new Map<string, Bytes>()
  const text = (path: string, content: string) => files.set(path, new TextEncoder().encode(content))
  const exportedAt = Instant.parse(client.hubTime().toISOString())
  text('policy.json', policyText({ origin, vkey, exportedAt, hub }))
  text('checkpoint', note)
  text('keys.json', await exportedKeys(client, head, entries))
  for (const one of cosigned) {
    const { size: covered } = await readCheckpoint(one.checkpoint, signer, 'cosigned')
    text(cosignedPath(InstitutionCode.parse(one.institution), covered), one.checkpoint)
  }
  for (const { path } of places) files.set(path, tiles.get(path) ?? new Uint8Array())
  return { size, files }
}
