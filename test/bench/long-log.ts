// A log of any length for the bench: its whole tree, all its tiles and all zones of its index are true and stored. Of
// the entries only those rows are stored that a bench reads, which saves writing a gigabyte.
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb'
import { type Row, toItem } from '../../functions/aws/dynamodb.ts'
import { indexKey, zoneRow } from '../../functions/aws/access-log/index-rows.ts'
import { entryKey } from '../../functions/aws/access-log/rows.ts'
import { partsOf } from '../../functions/aws/access-log/tile-rows.ts'
import {
  type Placed,
  emptyZone,
  growZones,
  indexedOf,
  zoneWidth,
  zonesOver,
} from '../../functions/aws/access-log/zones.ts'
import { base64 } from '../../log/bytes.ts'
import { appendAll, emptyTree, leafHash } from '../../log/merkle.ts'
import { type TileHash, tileHashes, tileWidth } from '../../log/tiles.ts'
import type { Stores } from './measure.ts'

export const agreementId = 'igm-ala-2026'
const start = Date.parse('2026-01-01T00:00:00.000Z')
export const timeOf = (index: number): string => new Date(start + index * 1000).toISOString()

const cycle = <T>(values: readonly T[], n: number): T => values[n % values.length] as T

/** Entry number `index`: of about 120 kinds, and every 20,011th of a kind that is rare. */
export const entryRow = (index: number): Row => {
  const id = `0198b2c4-${(index >>> 16).toString(16).padStart(4, '0')}-7${(index & 0xfff).toString(16).padStart(3, '0')}-8000-${index.toString(16).padStart(12, '0')}`
  const rare = index % 20_011 === 20_010
  const institution = cycle(['IGM', 'ALA'], index)
  const actor = {
    institution,
    keyid: cycle(['a', 'b', 'c'], index >> 1).repeat(43),
    role: 'recipient',
  }
  const action = rare
    ? 'key.read'
    : cycle(['referral.read', 'referral.list', 'inbox.pull', 'inbox.ack'], index >> 3)
  const outcome = index % 7 === 0 ? 'denied' : 'allowed'
  const time = timeOf(index)
  const request = { id, method: 'GET', path: '/v1/referrals' }
  const leaf = JSON.stringify({ id, time, action, outcome, actor, request })
  return { id, leaf, index, agreementId, ...actor, time, action, outcome }
}

/** Puts rows in, 25 at a time, eight batches side by side. */
export const putAll = async (rows: readonly Row[], { dynamodb, nameOf }: Stores): Promise<void> => {
  let at = 0
  const writer = async () => {
    while (at < rows.length) {
      const batch = rows.slice(at, (at += 25)).map(row => ({ PutRequest: { Item: toItem(row) } }))
      await dynamodb.send(
        new BatchWriteItemCommand({ RequestItems: { [nameOf('AccessLog')]: batch } }),
      )
    }
  }
  await Promise.all(Array.from({ length: 8 }, writer))
}

/**
 * Stores a log of `size` entries; the rows of those that `reads` names and of the last two thousand. Unsigned: the
 * first pass signs it.
 */
export const storeLog = async (
  size: number,
  reads: (index: number) => boolean,
  to: Stores,
): Promise<void> => {
  const hashes: TileHash[] = []
  const zones = new Map<string, Placed>()
  const rows: Row[] = []
  let tree = emptyTree
  for (let at = 0; at < size; at += tileWidth) {
    const group = Array.from({ length: Math.min(tileWidth, size - at) }, (_, i) => entryRow(at + i))
    const leaves = group.map(row => Buffer.from(String(row.leaf)))
    const grown = appendAll(tree, leaves.map(leafHash))
    ;({ tree } = grown)
    hashes.push(...tileHashes(grown.made))
    rows.push(
      ...group
        .filter(({ index }) => reads(Number(index)) || Number(index) >= size - 8 * zoneWidth)
        .map(row => ({ ...entryKey(Number(row.index)), ...row })),
    )
    if (group.length < zoneWidth) continue
    const [, ...higher] = zonesOver(at)
    const above = higher.map(
      ({ level, n }) => zones.get(`${level}/${n}`) ?? { n, zone: emptyZone(level) },
    )
    for (const placed of growZones(at, group.map(indexedOf), above))
      zones.set(`${placed.zone.level}/${placed.n}`, placed)
  }
  const edge = tree.edge.map(base64)
  await putAll(
    [
      ...rows,
      ...partsOf(hashes).map(({ pk, sk, hashes: part }) => ({ pk, sk, ...part })),
      ...[...zones.values()].map(zoneRow),
      { pk: 'head', sk: 'head', size, edge, signedSize: 0 },
      { ...indexKey, size: Math.floor(size / zoneWidth) * zoneWidth, since: 0 },
    ],
    to,
  )
}
