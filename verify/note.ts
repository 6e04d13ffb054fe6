// By whom a checkpoint must have been signed, and what was signed (C2SP tlog-checkpoint in a C2SP signed-note). Nothing
// of Node: browsers run this too.
import { hex, sameBytes, strictBase64 } from '../log/bytes.ts'
import { noteKeyId, parseCheckpointText, parseNote, signatureOf } from '../log/checkpoint.ts'
import { Failed, type FailureCode } from './verdict.ts'

export type NoteKey = { name: string; id: Uint8Array; publicKey: Uint8Array }
export type Checkpoint = { note: string; size: number; root: Uint8Array }

/**
 * A verifier key `name+hex8+base64(0x01 ‖ public key)` (C2SP signed-note, "Verifier keys"), whose key ID is recomputed.
 */
export const readVerifierKey = (vkey: string, origin: string): NoteKey => {
  const wrong = new Failed('policy-key', 'vkey')
  const [, name = '', stated = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? []
  const bytes = strictBase64(encoded)
  if (name !== origin || bytes?.length !== 33 || bytes[0] !== 1) throw wrong
  const publicKey = bytes.subarray(1)
  const id = noteKeyId(name, publicKey)
  if (hex(id) !== stated) throw wrong
  return { name, id, publicKey }
}

type NoteFault = 'malformed' | 'origin' | 'unsigned' | 'signature'

/** Trees that can be held in memory: more entries than that are no log of ours. */
const mostEntries = 999_999_999

/**
 * A checkpoint of that key. Three lines of text and no more: this log writes no extension lines. Signatures of other
 * keys (cosigners) may follow; they are read past, as signed-note says.
 * @param about which checkpoint: it begins the code of a failure
 */
export const readCheckpoint = async (
  note: string,
  signer: NoteKey,
  about: 'checkpoint' | 'since' | 'cosigned',
): Promise<Checkpoint> => {
  const fail = (fault: NoteFault): never => {
    throw new Failed(`${about}-${fault}` satisfies FailureCode, about)
  }
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return fail(note.split('\n').length >= 4 ? 'unsigned' : 'malformed')
  const head = parseCheckpointText(note.slice(0, end + 1))
  if (!head || head.size > mostEntries || !note.endsWith('\n')) return fail('malformed')
  if (head.origin !== signer.name) return fail('origin')
  if (note.slice(end + 2, -1) === '') return fail('unsigned')
  const parsed = parseNote(note)
  if (!parsed) return fail('malformed')
  const { name, id, publicKey } = signer
  if (!parsed.lines.some(line => line.name === name && sameBytes(line.id, id)))
    return fail('unsigned')
  if (!(await signatureOf(parsed, name, publicKey))) return fail('signature')
  return { note, size: head.size, root: head.root }
}
