// The log, verified as anybody verifies an export of it (verify/): its rows are written out as an export is, into a
// folder that is gone afterwards.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  cosignedNote,
  type KeptCosigned,
  readCosigned,
} from '../functions/aws/access-log/cosignatures.ts'
import { tileIn, tileNameOf } from '../functions/aws/access-log/tile-rows.ts'
import { verifierKey } from '../log/checkpoint.ts'
import { hashBytes } from '../log/tiles.ts'
import type { DirectoryKey } from '../schemas/agreement.ts'
import { Instant } from '../schemas/ids.ts'
import { cosignedPath } from '../verify/cosigners.ts'
import { directoryOf } from '../verify/directory.ts'
import { tilesOf } from '../verify/places.ts'
import { asLogged, keysText } from '../verify/keys.ts'
import { policyText } from '../verify/policy.ts'
import { Failed } from '../verify/verdict.ts'
import { verifyFolder } from '../verify/verify-folder.ts'
import { readEach } from './facts.ts'
import type { Log, Told } from './told.ts'
import type { Find, Snapshot } from './snapshot.ts'

/** Cosigned checkpoints of each institution, of which the newest is kept twice. */
export const verifyCosigned = ({ tables }: Snapshot, find: Find): KeptCosigned[] => {
  const place = { table: 'AccessLog', find } as const
  const newest = readEach(
    tables.AccessLog.filter(({ pk }) => pk === 'cosigned'),
    place,
    row => readCosigned(row),
  )
  const all = readEach(
    tables.AccessLog.filter(({ pk }) => String(pk).startsWith('cosigned#')),
    place,
    row => readCosigned({ ...row, pk: 'cosigned', sk: row['institution'] }),
  )
  const series = Map.groupBy(all, ({ institution }) => institution)
  for (const { institution, n } of newest) {
    const ns = (series.get(institution) ?? []).map(one => one.n).toSorted((a, b) => a - b)
    if (ns.length !== n || ns.some((one, i) => one !== i + 1))
      find('cosigned-gap', `cosigned ${institution}`, String(n))
    series.delete(institution)
  }
  for (const institution of series.keys()) find('cosigned-gap', `cosigned ${institution}`)
  return all
}

/** Verifies what is signed. What of it cannot be written out, for it is not there, is found before this. */
export const verifyLog = async (
  { tables, logKey, authorities }: Snapshot,
  { log, keys, cosigned }: { log: Log; keys: readonly DirectoryKey[]; cosigned: KeptCosigned[] },
  find: Find,
): Promise<void> => {
  const { head, placed } = log
  const { signedSize: size, checkpoint } = head
  if (checkpoint === undefined) return
  const entries = placed.slice(0, size)
  const folder = mkdtempSync(join(tmpdir(), 'hub-fsck-'))
  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, content, { mode: 0o600 })
  }
  try {
    const tiles = Map.groupBy(tables.AccessLog, tileNameOf)
    for (const { level, n, width, path } of tilesOf(size))
      if (level === 'entries') write(path, bundleOf(entries.slice(n * 256, n * 256 + width)))
      else {
        const hashes = tileIn(tiles.get(`${level} ${n}`) ?? []) ?? new Uint8Array()
        write(path, hashes.subarray(0, width * hashBytes))
      }
    const told = entries.map(({ entry }) => entry)
    const origin = checkpoint.slice(0, checkpoint.indexOf('\n'))
    const vkey = verifierKey(origin, logKey).trim()
    const exportedAt = Instant.parse(told.at(-1)?.time ?? '1970-01-01T00:00:00.000Z')
    const [hub = '', ...others] = authorities
    write('keys.json', keysText(asLogged(keys, directoryOf(told), told)))
    write('policy.json', policyText({ origin, vkey, exportedAt, hub }))
    write('checkpoint', checkpoint)
    for (const one of cosigned.filter(each => each.size <= size))
      write(cosignedPath(one.institution, one.size), cosignedNote(one, [one]))
    const verdict = await verifyFolder(folder, {
      now: new Date(exportedAt),
      vkey,
      authorities: others,
    })
    if (verdict.ok) return
    const { code, detail, index } = verdict
    const entry = index === undefined ? undefined : placed[index]?.entry
    find('log-unverified', entry ? `entry ${entry.id}` : 'AccessLog', `${code} ${detail}`)
  } catch (error) {
    // A directory that the log cannot have told.
    if (!(error instanceof Failed)) throw error
    find('log-unverified', 'AccessLog', `${error.code} ${error.detail}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An entry bundle (C2SP tlog-tiles): each behind its length. */
const bundleOf = (entries: readonly Told[]): Buffer =>
  Buffer.concat(
    entries.flatMap(({ leaf }) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(leaf.length)
      return [length, leaf]
    }),
  )
