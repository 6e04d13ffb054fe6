// One entry of the log as a sheet to hand over: its bytes in the tree, the proof that they are there, and how to verify
// it. Checked with nothing but the sheet and the log's key, which must come from elsewhere: a sheet is no witness of
// itself.
import * as z from 'zod'
import { type Bytes, strictBase64 } from '../../log/bytes.ts'
import { leafHash, verifyInclusion } from '../../log/merkle.ts'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { Folio } from '../../schemas/ids.ts'
import { readCheckpoint, readVerifierKey } from '../../verify/note.ts'
import { Failed } from '../../verify/verdict.ts'

const format = 'referral-hub-log-sheet/1'

/**
 * `leaf` in base64, `proof` a C2SP tlog-proof with the checkpoint in it, `vkey` as the hub told it. `hub`: the name it
 * is called by.
 */
export const LogSheet = z.strictObject({
  format: z.literal(format),
  hub: z.string(),
  folio: Folio.optional(),
  entry: AccessLogEntry,
  leaf: z.base64(),
  proof: z.string(),
  vkey: z.string(),
})
export type LogSheet = z.infer<typeof LogSheet>

export const logSheet = (about: Omit<LogSheet, 'format'>): LogSheet => ({ format, ...about })

/** What of a sheet is verified; the rest repeats it in words. */
export type SheetEvidence = { leaf: string; proof: string; entry?: unknown }

export type SheetVerdict =
  | {
      ok: true
      entry: AccessLogEntry
      origin: string
      /** Entries that the checkpoint covers. */
      size: number
      vkey: string
    }
  | { ok: false; code: SheetFault }

const sheetFaults = [
  'key',
  'proof-malformed',
  'checkpoint',
  'checkpoint-key',
  'not-included',
  'entry-malformed',
  'entry-differs',
] as const
type SheetFault = (typeof sheetFaults)[number]

/** A JSON sheet, or the HTML one, whose bytes and proof stand in it for this; undefined for anything else. */
export const readSheet = (text: string): SheetEvidence | undefined => {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start.startsWith('<')) {
    const [leaf, proof] = ['leaf', 'proof'].map(id => preOf(start, id))
    return leaf === undefined || proof === undefined ? undefined : { leaf: leaf.trim(), proof }
  }
  try {
    const parsed = LogSheet.safeParse(JSON.parse(start))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** The text of the one `<pre>` of that name. */
const preOf = (html: string, id: string): string | undefined => {
  const found = [...html.matchAll(new RegExp(`<pre id="${id}"[^>]*>([^<]*)</pre>`, 'g'))]
  const [, text] = found.length === 1 ? (found[0] ?? []) : []
  return text
    ?.replaceAll('\r\n', '\n')
    .replaceAll(/&#(\d{1,6});/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
}

const fail = (code: SheetFault) => ({ ok: false, code }) as const

/**
 * Whether a log of this key holds the entry.
 * @param vkey C2SP signed-note verifier key, known by other means than the sheet
 */
export const checkSheet = async (
  { leaf, proof, entry }: SheetEvidence,
  vkey: string,
): Promise<SheetVerdict> => {
  const signer = attempt(() => readVerifierKey(vkey, vkey.slice(0, vkey.indexOf('+'))))
  if (!signer) return fail('key')
  const read = readProof(proof)
  const bytes = strictBase64(leaf)
  if (!read || !bytes) return fail('proof-malformed')
  let checkpoint
  try {
    checkpoint = await readCheckpoint(read.note, signer, 'checkpoint')
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    // Not signed by this key: perhaps by another log's, or by nobody's.
    const others = ['checkpoint-origin', 'checkpoint-unsigned'].includes(error.code)
    return fail(others ? 'checkpoint-key' : 'checkpoint')
  }
  const { size, root } = checkpoint
  const { index, path } = read
  if (index >= size || !verifyInclusion(leafHash(bytes), index, size, path, root))
    return fail('not-included')
  const logged = attempt(() => JSON.parse(strictUtf8(bytes)) as object)
  const parsed = AccessLogEntry.safeParse({ index, ...logged })
  if (!parsed.success || 'index' in (logged ?? {})) return fail('entry-malformed')
  if (entry !== undefined && JSON.stringify(parsed.data) !== inOrder(entry))
    return fail('entry-differs')
  return { ok: true, entry: parsed.data, origin: signer.name, size, vkey: vkey.trim() }
}

/** As the shape orders its members: what was typed in another order is still the same entry. */
const inOrder = (entry: unknown): string => JSON.stringify(AccessLogEntry.parse(entry))

const strictUtf8 = (bytes: Bytes) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

const attempt = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** The parts of a C2SP tlog-proof, as this log writes them. */
const readProof = (proof: string): { index: number; path: Bytes[]; note: string } | undefined => {
  const end = proof.indexOf('\n\n')
  const [head, place = '', ...hashes] = proof.slice(0, Math.max(end, 0)).split('\n')
  const index = /^index (0|[1-9]\d{0,14})$/.exec(place)?.[1]
  const path = hashes.map(hash => strictBase64(hash))
  if (head !== 'c2sp.org/tlog-proof@v1' || index === undefined || path.length > 63) return undefined
  if (!path.every(hash => hash?.length === 32)) return undefined
  return { index: Number(index), path: path as Bytes[], note: proof.slice(end + 2) }
}
