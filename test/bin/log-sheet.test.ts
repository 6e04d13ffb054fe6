// The officer's sheets by themselves: what they show is inert, fits its page, and does not hold once anything in it was
// changed.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Language } from '../../texts/language.ts'
import { csvCell, csvOf } from '../../texts/spreadsheet.ts'
import { reportCsv, reportPage } from '../../bin/log-sheet/report-words.ts'
import { type LogReport, daysOfMonth } from '../../bin/log-sheet/report.ts'
import { type LogSheet, checkSheet, logSheet, readSheet } from '../../bin/log-sheet/sheet.ts'
import { sheetPage } from '../../bin/log-sheet/words.ts'
import { checkpointText, signedNote, tlogProof, verifierKey } from '../../log/checkpoint.ts'
import { leafHash } from '../../log/merkle.ts'
import { AccessLogEntry, AccessLogSummary } from '../../schemas/access-log.ts'
import { dayOf } from '../../schemas/guatemala.ts'
import { Keyid } from '../../schemas/ids.ts'
import { naiveTree } from '../log/naive-tree.ts'

const origin = 'referral-hub.example/access-log'
const logKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const bytes = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url')
  const note = (text: string) =>
    signedNote(text, origin, bytes, sign(null, Buffer.from(text), privateKey))
  return { note, vkey: verifierKey(origin, bytes).trim() }
}
const { note, vkey } = logKey()
const acting = '\u202Egpj.exe\u2028</pre><script>alert(1)</script>'
const keyid = Keyid.parse(`-${'k'.repeat(42)}`)
const id = '0198b2c4-0000-7000-8000-000000000001'

const entryWith = (path: string): object => ({
  id,
  time: '2026-11-22T05:59:59.999Z',
  action: 'referral.release',
  outcome: 'allowed',
  actor: { institution: 'ALA', keyid, role: 'recipient' },
  referralId: id,
  purpose: 'training-referral',
  categories: ['identity', 'protection'],
  request: { id, method: 'POST', path },
})

/** A sheet of entry 2 in a log of 5. */
const sheetOf = (path = '/v1/inbox/pull', key = { note, vkey }): LogSheet => {
  const leaf = Buffer.from(JSON.stringify(entryWith(path)))
  const leaves = [0, 1, 2, 3, 4].map(n => leafHash(n === 2 ? leaf : Buffer.of(n)))
  const { root } = naiveTree(leaves)
  // RFC 9162 §2.1.3.1: sibling, then the pair before, then the fifth leaf.
  const pair = naiveTree(leaves.slice(0, 2)).root(2)
  const auditPath = [leaves[3] as Uint8Array, pair, leaves[4] as Uint8Array]
  return logSheet({
    hub: 'hub.example',
    entry: AccessLogEntry.parse({ index: 2, ...entryWith(path) }),
    leaf: leaf.toString('base64'),
    proof: tlogProof(2, auditPath, key.note(checkpointText(origin, 5, root(5)))),
    vkey: key.vkey,
  })
}

const flipped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`

describe('a sheet', () => {
  test('holds by the log’s key, as JSON and as the page that is printed', async () => {
    const sheet = sheetOf()
    const html = sheetPage(sheet, 'es', { names: new Map(), file: 'x.html' })
    for (const text of [JSON.stringify(sheet), html, html.replaceAll('\n', '\r\n')]) {
      const evidence = readSheet(text)
      expect(evidence && (await checkSheet(evidence, vkey))).toMatchObject({
        ok: true,
        size: 5,
        origin,
      })
    }
  })

  const other = logKey()
  const tamperings: [string, (sheet: LogSheet) => object, string][] = [
    ['signed by another key', () => sheetOf('/v1/inbox/pull', other), 'checkpoint-key'],
    ['another leaf', s => ({ ...s, leaf: flipped(s.leaf, 8) }), 'not-included'],
    [
      'another index',
      s => ({ ...s, proof: s.proof.replace('index 2', 'index 3') }),
      'not-included',
    ],
    ['another size', s => ({ ...s, proof: s.proof.replace('\n5\n', '\n6\n') }), 'checkpoint'],
    [
      'a shorter path',
      s => ({ ...s, proof: s.proof.split('\n').toSpliced(2, 1).join('\n') }),
      'not-included',
    ],
    ['other words', s => ({ ...s, entry: { ...s.entry, outcome: 'denied' } }), 'entry-differs'],
    ['no proof', s => ({ ...s, proof: '' }), 'proof-malformed'],
  ]
  test.each(tamperings)('does not hold with %s', async (_, tampered, code) => {
    const evidence = readSheet(JSON.stringify(tampered(sheetOf())))
    expect(evidence && (await checkSheet(evidence, vkey))).toEqual({ ok: false, code })
  })

  test('is not what any other file is', () => {
    for (const text of ['', '{}', '[]', '<html>', '<pre id="leaf">A</pre>', 'null'])
      expect(readSheet(text)).toBeUndefined()
  })

  test('shows what would act on its reader written out, and runs nothing', () => {
    const names = new Map([[keyid as string, acting]])
    const html = sheetPage(sheetOf('/v1/<b onload=x>\u2029\u061C'), 'en', {
      names,
      file: "a'b.html",
    })
    expect(html).not.toMatch(/[\u2028\u2029\u202a-\u202e\u061c]/)
    expect(html).not.toMatch(/<script|<b |<img|<link|url\(|https?:/i)
    expect(html).toContain(String.raw`\u202egpj.exe`)
    expect(html).toContain('21 November 2026, 23:59:59')
    expect(html.match(/<pre id="leaf"/g)).toHaveLength(1)
  })

  test('fits one page of letter paper with the longest proof, and with the longest evidence that the hub keeps', () => {
    for (const evidence of [0, 1300, 4000, 14_000]) {
      const sheet = sheetOf(`/v1/${'p'.repeat(120)}`)
      const path = Array.from({ length: 24 }, () => Buffer.alloc(32, 255))
      const long: LogSheet = {
        ...sheet,
        leaf: Buffer.alloc(2000 + evidence, 255).toString('base64'),
        proof: tlogProof(16_000_000, path, sheet.proof.split('\n\n').slice(1).join('\n\n')),
      }
      const html = sheetPage(long, 'es', { names: new Map(), file: 'x.html' })
      expect(pointsOf(html)).toBeLessThan(letter.height)
    }
  })
})

/** The height of letter paper and the width of A4, inside margins of 10 mm, in points: a sheet must fit both. */
const letter = { width: 595 - 57, height: 792 - 57 }
const lines = (text: string, size: number, wide: number) =>
  text
    .split('\n')
    .reduce((n, line) => n + Math.max(1, Math.ceil((line.length * size * wide) / letter.width)), 0)

/**
 * About what a page takes: lines of each element at the sizes of its style sheet, letters as wide as half their size
 * or, in `pre`, 0.6.
 */
const pointsOf = (html: string): number => {
  let points = 14 * 1.5 + 9
  for (const [, name = '', attributes = '', text = ''] of html.matchAll(
    /<(p|h2|dd|pre)([^>]*)>([^<]*)<\/\1>/g,
  )) {
    const shown = text.replaceAll(/&#\d+;/g, '_')
    if (name === 'p') points += lines(shown, 9, 0.5) * 12.2 + 6
    if (name === 'h2') points += 10.5 * 1.35 + 11
    if (name === 'dd') points += lines(shown, 9, 0.62) * 12.2 + 1
    const sizes = { longest: 2, longer: 3, long: 5, command: 7.5, other: 6 }
    const size = sizes[(/class="(\w+)"/.exec(attributes)?.[1] ?? 'other') as keyof typeof sizes]
    if (name === 'pre') points += lines(shown.replace(/\n$/, ''), size, 0.6) * size * 1.1 + 5
  }
  return points
}

describe('a report', () => {
  const report: LogReport = {
    month: '2026-11',
    ...daysOfMonth('2026-11'),
    running: false,
    hub: 'hub.example',
    institution: 'ALA',
    summary: AccessLogSummary.parse({
      days: [
        { day: '2026-11-21', counts: [{ action: 'referral.release', outcome: 'denied', n: 4 }] },
        {
          day: '2026-11-22',
          counts: [
            { action: 'referral.release', outcome: 'denied', n: 1 },
            { action: 'referral.release', outcome: 'failed', n: 2 },
          ],
        },
      ],
      releases: [
        { purpose: 'training-referral', categories: ['identity', 'contact'], keyid, n: 7 },
        { purpose: 'protection-handling', categories: ['identity'], keyid, n: 2 },
      ],
    }),
    withdrawals: [],
    checkpoint: note(checkpointText(origin, 5, Buffer.alloc(32))),
    vkey,
  }

  const knowing = (language: Language, name?: string) => ({
    names: new Map(name === undefined ? [] : [[keyid, name]]),
    folios: new Map<string, string>(),
    language,
  })

  test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(1)', '\tx', '\rx'])(
    'guards a cell that begins like %j',
    cell => {
      expect(csvCell(cell)).toMatch(/^"?'/)
      const csv = reportCsv(report, knowing('es', cell))
      for (const line of csv.slice(1).split('\r\n'))
        for (const each of line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g))
          expect(each[1]?.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/)
    },
  )

  test('keeps accents for a spreadsheet, and lines and cells as they are', () => {
    expect(csvOf([['a"b', 'c,d', 3, 'e\u2028f\u202Eg'], ['ñ']])).toBe(
      '\uFEFF"a""b","c,d",3,e f g\r\nñ\r\n',
    )
    const csv = reportCsv(report, knowing('es'))
    expect(csv.startsWith('\uFEFFsección,')).toBe(true)
    expect(csv).toContain(`"'${keyid}"`)
    const columns = csv.slice(1).split('\r\n', 1)[0]?.split(',').length
    expect(columns).toBe(11)
  })

  test('sums openings by purpose, category and key, denials and failures over its days', () => {
    const html = reportPage(report, knowing('en', acting))
    const cells = [...html.matchAll(/<td>([^<]*)<\/td><td class="n">(\d+)<\/td>/g)]
    expect(cells.map(([, name, n]) => `${name} ${n}`)).toEqual([
      'training referral 7',
      'protection handling 2',
      'identity 9',
      'contact 7',
      expect.stringMatching(/^\\u202egpj\.exe.* 9$/),
      'open content 5',
      'open content 2',
    ])
    expect(html).not.toMatch(/<script|[\u2028\u202e]/)
  })

  test('has the days of its month, and an entry falls on its day in Guatemala', () => {
    expect([2, 11, 12].map(n => daysOfMonth(`2028-${String(n).padStart(2, '0')}`).to)).toEqual([
      '2028-02-29',
      '2028-11-30',
      '2028-12-31',
    ])
    expect(dayOf('2026-11-22T05:59:59.999Z')).toBe('2026-11-21')
    expect(dayOf('2026-11-22T06:00:00.000Z')).toBe('2026-11-22')
  })
})
