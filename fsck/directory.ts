// The directory: institutions and keys that name each other, agreements that are what their notices made of them.
import { named as whoMayReceive } from '../events/agreement.ts'
import { type Standing, foldNotices, nextNumber, termsOf } from '../events/notice.ts'
import { endedKey, gateKey, gatesEach } from '../functions/aws/agreement-rows.ts'
import { institutionsRow } from '../functions/aws/directory.ts'
import type { Row } from '../functions/aws/dynamodb.ts'
import { type Agreement, DirectoryKey, KeptAgreement } from '../schemas/agreement.ts'
import { Notice } from '../schemas/notice.ts'
import { readEach } from './facts.ts'
import type { Log } from './told.ts'
import { type Find, type Snapshot, canonical, inOneOf } from './snapshot.ts'

/** Rows whose keys begin so, without their keys. */
const rowsOf = (rows: readonly Row[], beginning: string): { name: string; row: Row }[] =>
  rows
    .filter(({ pk }) => String(pk).startsWith(beginning))
    .map(({ pk, ...row }) => ({ name: String(pk).slice(beginning.length), row }))

export const keysOf = ({ tables }: Snapshot, find: Find): DirectoryKey[] =>
  readEach(
    tables.Directory.filter(({ pk }) => String(pk).startsWith('key#')),
    { table: 'Directory', find },
    ({ pk: _, ...key }) => DirectoryKey.parse(key),
  )

export const verifyDirectory = (
  { tables }: Snapshot,
  { keys, log }: { keys: readonly DirectoryKey[]; log: Log },
  find: Find,
): void => {
  const rows = tables.Directory
  const institutions = rowsOf(rows, 'institution#')
  const list = rows.find(({ pk }) => pk === institutionsRow.pk)?.['codes']
  const listed = list instanceof Set ? (list as Set<unknown>) : new Set<unknown>()
  const there = new Set<unknown>(institutions.map(({ name }) => name))
  for (const code of inOneOf(listed, there))
    find('institution-unlisted', `institution ${String(code)}`)
  const named = new Set(
    institutions.flatMap(({ name, row: { keyids } }) =>
      keyids instanceof Set ? [...keyids].map(keyid => `${name} ${String(keyid)}`) : [],
    ),
  )
  const held = new Set(keys.map(({ institution, keyid }) => `${institution} ${keyid}`))
  for (const name of inOneOf(named, held)) find('key-unlisted', `key ${name}`)
  const agreements = readEach(
    rows.filter(({ pk }) => String(pk).startsWith('agreement#')),
    { table: 'Directory', find },
    ({ pk: _, ...row }) => KeptAgreement.parse(row),
  )
  for (const agreement of agreements) verifyAgreement(agreement, { rows, log }, find)
}

const verifyAgreement = (
  kept: KeptAgreement,
  { rows, log }: { rows: readonly Row[]; log: Log },
  find: Find,
): void => {
  const { agreementId } = kept
  const record = `agreement ${agreementId}`
  const notices = readEach(
    rows.filter(({ pk }) => String(pk).startsWith(`agreement-notice#${agreementId}#`)),
    { table: 'Directory', find },
    row => ({ n: Number(String(row['pk']).split('#').at(-1)), ...withoutKey(row) }),
  ).toSorted((a, b) => a.n - b.n)
  const inOrder: Notice[] = []
  for (const [i, { n, ...notice }] of notices.entries()) {
    if (n !== i + 1 || notice.number !== nextNumber(inOrder, notice.at))
      find('notice-gap', record, notice.number)
    inOrder.push(notice)
  }
  if (notices.length !== (kept.notices ?? 0))
    find('notice-gap', record, `${notices.length} ${kept.notices ?? 0}`)
  verifyLogged(agreementId, inOrder, log, find)
  verifyGates(kept, rows, find)

  const versions = rowsOf(rows, `agreement-version#${agreementId}#`)
  const first = versions.find(({ name }) => name === '1')?.row['terms'] as Agreement | undefined
  let standing: Standing
  try {
    standing = foldNotices(first ?? termsOf(kept), inOrder)
  } catch {
    return
  }
  const { agreement, versions: folded } = standing
  if (canonical(agreement) !== canonical(kept)) find('agreement-differs', record)
  const expected = folded.length === 1 ? [] : folded
  if (canonical(expected) !== canonical(versions.map(({ row }) => row).toSorted(byVersion)))
    find('agreement-differs', record, 'version')
}

const withoutKey = ({ pk: _, ...notice }: Row): Notice => Notice.parse(notice)

const byVersion = (a: Row, b: Row): number => Number(a['version']) - Number(b['version'])

const verifyLogged = (
  agreementId: string,
  notices: readonly Notice[],
  { all }: Log,
  find: Find,
): void => {
  const logged = all.flatMap(({ entry: { notice, outcome, code } }) =>
    notice?.agreementId === agreementId && outcome === 'allowed' && code === undefined
      ? [`${notice.number} ${notice.kind} ${notice.digest}`]
      : [],
  )
  const given = notices.map(({ number, digest, states }) => `${number} ${states.kind} ${digest}`)
  for (const one of inOneOf(new Set(logged), new Set(given)))
    find('notice-unlogged', `agreement ${agreementId}`, one.split(' ')[0])
}

/** Shut by a breach, or for ever, all gates are there; else none. Whoever worked under it knows of a termination. */
const verifyGates = (kept: KeptAgreement, rows: readonly Row[], find: Find): void => {
  const shut = kept.frozen !== undefined || kept.terminatedAt !== undefined
  const ended = kept.terminatedAt !== undefined
  const there = new Map(rows.map(row => [row['pk'], row]))
  const record = `agreement ${kept.agreementId}`
  for (let n = 0; n < gatesEach; n++)
    if (there.has(gateKey(kept.agreementId, n)['pk']) !== shut)
      find('gate-differs', record, String(n))
  for (const code of whoMayReceive(kept)) {
    const known = there.get(endedKey(code)['pk'])?.['agreements']
    const knows = known instanceof Set && known.has(kept.agreementId)
    if (knows !== ended) find('gate-differs', record, code)
  }
}
