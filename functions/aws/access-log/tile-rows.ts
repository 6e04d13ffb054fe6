// Tiles of the log's tree as the AccessLog table keeps them: in parts, each a row of sixteen hashes. A row is paid by
// the kilobyte each time it is written: a tile that was one row grew to eight, and a part stays below one. A hash is
// added by its place, so that nothing has to be read to write it, nor harm done by writing it twice.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { joined } from '../../../log/bytes.ts'
import { type TileHash, type TileReader, hashBytes, tileWidth } from '../../../log/tiles.ts'
import { type InTable, type Row, type Write, toItem, toRow } from '../dynamodb.ts'
import { padded } from './rows.ts'

const hashesInPart = 16

const partition = (level: number) => `tile#${level}`
/** Sorts behind the row of the whole tile, which 0.1 wrote. */
const partName = (n: number, part: number) => `${padded(n)}.${part.toString(16)}`
const hashName = (at: number) => `h${(at % hashesInPart).toString(16)}`

export type TilePart = { pk: string; sk: string; hashes: Record<string, Uint8Array> }

/** The parts that hashes lie in, and by which names. */
export const partsOf = (hashes: readonly TileHash[]): TilePart[] => {
  const parts = new Map<string, TilePart>()
  for (const { level, n, at, hash } of hashes) {
    const key = { pk: partition(level), sk: partName(n, Math.floor(at / hashesInPart)) }
    const name = `${key.pk} ${key.sk}`
    const part = parts.get(name) ?? { ...key, hashes: {} }
    parts.set(name, part)
    part.hashes[hashName(at)] = new Uint8Array(hash)
  }
  return [...parts.values()]
}

/** Adds hashes to their tiles, a write for each part. Which hash has a place, the head of the log decides. */
export const tileWrites = (table: string, hashes: readonly TileHash[]): Write['item'][] =>
  partsOf(hashes).map(({ pk, sk, hashes: added }) => {
    const names = Object.keys(added)
    return {
      Update: {
        TableName: table,
        Key: toItem({ pk, sk }),
        UpdateExpression: `SET ${names.map(name => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: toItem(
          Object.fromEntries(names.map(name => [`:${name}`, added[name]])),
        ),
      },
    }
  })

const Hash = z.instanceof(Uint8Array)
/** `hashes`: of a tile, or its beginning, that 0.1 wrote as one row. */
const PartRow = z.object({ sk: z.string(), hashes: Hash.optional() }).catchall(z.unknown())

const hashesIn = (row: z.infer<typeof PartRow>): [at: number, hash: Uint8Array][] => {
  const { sk, hashes = new Uint8Array() } = row
  const first = Number.parseInt(sk.split('.')[1] ?? '0', 16) * hashesInPart
  const whole = Array.from({ length: hashes.length / hashBytes }, (_, i): [number, Uint8Array] => [
    i,
    hashes.subarray(i * hashBytes, (i + 1) * hashBytes),
  ])
  const own = Array.from({ length: hashesInPart }, (_, i) => [first + i, row[hashName(i)]] as const)
  return [
    ...whole,
    ...own.flatMap(([at, hash]): [number, Uint8Array][] =>
      hash === undefined ? [] : [[at, Hash.parse(hash)]],
    ),
  ]
}

/** A tile out of its rows, as many hashes as there are from its beginning on. */
export const tileIn = (rows: readonly Row[]): Uint8Array | undefined => {
  const found = Array<Uint8Array | undefined>(tileWidth).fill(undefined)
  const inOrder = rows.map(row => PartRow.parse(row)).toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
  for (const [at, hash] of inOrder.flatMap(hashesIn)) found[at] = hash
  const end = found.indexOf(undefined)
  const hashes = found.slice(0, end < 0 ? tileWidth : end) as Uint8Array[]
  return hashes.length === 0 ? undefined : joined(hashes)
}

/** Which tile a row is of, as `<level> <n>`; undefined where it is none of a tile. */
export const tileNameOf = ({ pk, sk }: Row): string | undefined => {
  const [, level] = /^tile#(\d+)$/.exec(String(pk)) ?? []
  return level && `${level} ${Number(String(sk).split('.')[0])}`
}

/** Reads a tile by one query, as of its last writes. */
export const tileReader =
  ({ dynamodb, table }: InTable): TileReader =>
  async (level, n) => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :whole AND :last',
        ExpressionAttributeValues: toItem({
          ':pk': partition(level),
          ':whole': padded(n),
          ':last': partName(n, tileWidth / hashesInPart - 1),
        }),
      }),
    )
    return tileIn(Items.map(toRow))
  }
