// The cosignatures of an exported log (C2SP tlog-cosignature): beside the log's own on its checkpoint, and in
// `cosigned/<CODE>/<size>` the checkpoints that institutions countersigned. An operator who rewrites the log has to
// answer for each of them.
import { sameBytes } from '../log/bytes.ts'
import { type NoteLine, parseNote } from '../log/checkpoint.ts'
import { claims, cosignedAt } from '../log/cosignature.ts'
import { InstitutionCode, Instant } from '../schemas/ids.ts'
import { maxBehind } from '../signatures/policy.ts'
import { cosignedPath, folderName, institutionIn } from './cosigners.ts'
import { isStray, type LogFiles, textOf } from './files.ts'
import { Inconsistent } from './inconsistent.ts'
import { keyOf, type VerifierKey } from './keys.ts'
import { type Checkpoint, type NoteKey, readCheckpoint } from './note.ts'
import { type Hashes, rootsOf, type Sha256 } from './tree.ts'
import { Failed } from './verdict.ts'

/** Octets behind base64url; a JWK's here are well-formed (keys.ts). */
const octetsOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0))

/** That an institution vouches for the first `size` entries. `at`: the time in its cosignature. */
export type CosignedBy = { institution: string; size: number; at: string }

/**
 * Whole seconds of a clock that may be slow: a key confirmed just before is the key of the cosignature all the same.
 */
const judgedAt = (time: Instant, validFrom: Instant): Instant =>
  time < validFrom && Date.parse(validFrom) - Date.parse(time) <= maxBehind * 1000
    ? validFrom
    : time

/** Verifies one line with the key of the directory that its key ID names, which must have been a liaison's then. */
const verifyLine = async (
  text: string,
  line: NoteLine,
  { institution, name }: { institution: InstitutionCode; name: string },
  keys: ReadonlyMap<string, VerifierKey>,
  path: string,
): Promise<Instant> => {
  for (const { keyid, institution: owner, post, jwk, validFrom } of keys.values()) {
    if (owner !== institution || jwk.kty !== 'OKP') continue
    const cosigner = { name, publicKey: octetsOf(jwk.x) }
    if (!claims(line, cosigner)) continue
    const seconds = await cosignedAt(text, line, cosigner)
    if (seconds === undefined) throw new Failed('cosignature-signature', path)
    const time = Instant.parse(new Date(seconds * 1000).toISOString())
    const actor = { institution, keyid, role: 'liaison', ...(post && { post }) } as const
    keyOf({ actor, time: judgedAt(time, validFrom) }, keys)
    return time
  }
  throw new Failed('cosignature-key', path)
}

/** Every cosignature on a note that names an institution; other keys' lines are read past, as signed-note says. */
const verifyLines = async (
  note: string,
  { name: origin }: NoteKey,
  keys: ReadonlyMap<string, VerifierKey>,
  path: string,
): Promise<Map<string, Instant>> => {
  const found = new Map<string, Instant>()
  const { text, lines } = parseNote(note) ?? { text: '', lines: [] }
  for (const line of lines) {
    const institution = institutionIn(line, origin)
    if (institution === undefined) continue
    const at = await verifyLine(text, line, { institution, name: line.name }, keys, path)
    const other = found.get(institution)
    if (other === undefined || at > other) found.set(institution, at)
  }
  return found
}

/** The files of `cosigned/` by institution and size: nothing else may lie there. */
const cosignedIn = (files: LogFiles): { institution: InstitutionCode; size: number }[] =>
  files
    .below(folderName)
    .filter(path => !isStray(path))
    .map(path => {
      const [name = '', parent] = path.split('/').toReversed()
      const institution = InstitutionCode.safeParse(parent)
      const size = Number(name)
      if (!institution.success || path !== cosignedPath(institution.data, size))
        throw new Failed('file-unexpected', path)
      return { institution: institution.data, size }
    })
    .toSorted((a, b) => a.size - b.size)

/**
 * Verifies the cosignatures of the folder, and that every cosigned tree is the beginning of this one: its root is
 * computed from the leaves that are here, by their hashes.
 * @returns the last of each institution
 */
export const verifyCosignatures = async (
  { files, sha256 }: { files: LogFiles; sha256: Sha256 },
  { checkpoint, signer, hashes }: { checkpoint: Checkpoint; signer: NoteKey; hashes: Hashes },
  keys: ReadonlyMap<string, VerifierKey>,
): Promise<CosignedBy[]> => {
  await verifyLines(checkpoint.note, signer, keys, 'checkpoint')
  const found = cosignedIn(files)
  const roots = rootsOf(
    sha256,
    hashes,
    found.map(({ size }) => size),
  )
  const newest = new Map<string, CosignedBy>()
  for (const { institution, size } of found) {
    const path = cosignedPath(institution, size)
    const note = textOf(files, path, 'cosigned-malformed')
    const cosigned = await readCheckpoint(note, signer, 'cosigned')
    if (cosigned.size !== size) throw new Failed('file-unexpected', path)
    const at = (await verifyLines(note, signer, keys, path)).get(institution)
    if (at === undefined) throw new Failed('cosignature-missing', path)
    const sizes = `${institution}: ${size} → ${checkpoint.size}`
    const notes = [note, checkpoint.note] as const
    if (size > checkpoint.size) throw new Inconsistent('cosigned-rollback', sizes, notes)
    if (!sameBytes(roots.get(size) ?? new Uint8Array(), cosigned.root))
      throw new Inconsistent('cosigned-fork', sizes, notes)
    newest.set(institution, { institution, size, at })
  }
  return [...newest.values()]
}
