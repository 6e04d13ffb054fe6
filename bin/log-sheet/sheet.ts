// One entry of the log as a sheet to hand over: its bytes in the tree, the proof that they are there, and how to verify
// it. Checked with nothing but the sheet and the log's key, which must come from elsewhere: a sheet is no witness of
// itself.
import * as z from 'zod'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { Folio } from '../../schemas/ids.ts'
import { type EntryEvidence, type ProofFault, proveEntry } from '../../verify/entry-proof.ts'

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

export type SheetVerdict =
  | {
      ok: true
      entry: AccessLogEntry
      origin: string
      /** Entries that the checkpoint covers. */
      size: number
      vkey: string
    }
  | { ok: false; code: ProofFault }

/** A JSON sheet, or the HTML one, whose bytes and proof stand in it for this; undefined for anything else. */
export const readSheet = (text: string): EntryEvidence | undefined => {
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

/**
 * Whether a log of this key holds the entry, and the entry has the contract's shape.
 * @param vkey C2SP signed-note verifier key, known by other means than the sheet
 */
export const checkSheet = async (evidence: EntryEvidence, vkey: string): Promise<SheetVerdict> => {
  const verdict = await proveEntry(evidence, vkey)
  if (!verdict.ok) return verdict
  const { entry, index, origin, size } = verdict
  const parsed = AccessLogEntry.safeParse({ index, ...entry })
  if (!parsed.success) return { ok: false, code: 'entry-malformed' }
  return { ok: true, entry: parsed.data, origin, size, vkey: vkey.trim() }
}
