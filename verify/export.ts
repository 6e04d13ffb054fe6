// What an export of the log is made of beside its tiles: who signed it, what was signed, and whose keys they were. The
// command line and a browser's page both make their exports of it; where the files go is theirs.
import type { CosignedCheckpoint } from '../schemas/access-log.ts'
import type { DirectoryKey } from '../schemas/agreement.ts'
import { cosignersOf } from './cosigners.ts'
import { directoryOf } from './directory.ts'
import type { LoggedEntry } from './entries.ts'
import { asLogged, keysText } from './keys.ts'
import { type NoteKey, readCheckpoint, readVerifierKey } from './note.ts'
import { Failed } from './verdict.ts'

/** What this needs of a client: its `request`. */
export type Asking = { request: <Body>(method: 'GET', path: string) => Promise<{ body: Body }> }

export type LogHead = {
  vkey: string
  origin: string
  signer: NoteKey
  /** The last signed checkpoint, and how many entries it covers. */
  note: string
  size: number
  /** Asked for before it, which therefore covers them. */
  cosigned: CosignedCheckpoint[]
}

/**
 * @param expected the log's key as it is known; another one is not believed
 * @throws Failed `log-key` for another key, or a code of the checkpoint where the hub's does not hold
 */
export const logHead = async ({ request }: Asking, expected?: string): Promise<LogHead> => {
  const text = async (path: string) => (await request<string>('GET', path)).body
  const vkey = (await text('/v1/access-log/public-key')).trim()
  const origin = vkey.slice(0, vkey.indexOf('+'))
  const signer = readVerifierKey(vkey, origin)
  if (expected !== undefined && expected !== vkey) throw new Failed('log-key', vkey)
  const { items: cosigned } = (
    await request<{ items: CosignedCheckpoint[] }>('GET', '/v1/access-log/cosignatures')
  ).body
  const note = await text('/v1/access-log/checkpoint')
  const { size } = await readCheckpoint(note, signer, 'checkpoint')
  return { vkey, origin, signer, note, size, cosigned }
}

/** keys.json: the keys of all who signed or cosigned, as the log has them. */
export const exportedKeys = async (
  { request }: Asking,
  { cosigned, note, origin }: LogHead,
  entries: readonly LoggedEntry[],
): Promise<string> => {
  // Also who cosigned between the two answers: their line is on the checkpoint.
  const signers = new Set<string>([
    ...cosigned.map(({ institution }) => institution),
    ...cosignersOf(note, origin),
  ])
  for (const { actor, key } of entries) {
    if (actor.keyid !== undefined) signers.add(actor.institution)
    if (key) signers.add(key.institution)
  }
  const keys: DirectoryKey[] = []
  for (const institution of [...signers].toSorted())
    keys.push(
      ...(await request<{ items: DirectoryKey[] }>('GET', `/v1/institutions/${institution}/keys`))
        .body.items,
    )
  // What was decided since the checkpoint is for the next export.
  return keysText(asLogged(keys, directoryOf(entries), entries))
}
