// What people read instead of codes: every code has a word of its own in both languages, and the hub's own doings have
// no key.
import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { entryCodeLabels } from '../../texts/codes.ts'
import { logTable } from '../../bin/commands/log.ts'
import * as labels from '../../texts/labels.ts'
import * as referralLabels from '../../texts/referral.ts'
import { speaker } from '../../texts/hub.ts'
import { samples } from '../events/samples.ts'
import { Action, AccessLogEntry } from '../../schemas/access-log.ts'
import { problems } from '../../schemas/problem.ts'

const tables = { ...labels, ...referralLabels, entryCodeLabels }
const id = '019aa5d4-7c00-7abc-8def-0123456789ab'

test.each(Object.entries(tables))(
  '%s differ, in either language, and none speaks of victims',
  (_, rows) => {
    for (const language of ['es', 'en'] as const) {
      const words = Object.values(rows).map(row => row[language])
      expect(new Set(words).size).toBe(words.length)
      for (const word of words) expect(word).toMatch(/^(?!.*v[ií]ctim)\p{L}.{2,60}$/iu)
    }
  },
)

/** The codes of every closed list in a shape, each list as one text. */
function listsIn(shape: unknown, found = new Set<string>(), seen = new Set<unknown>()) {
  if (seen.has(shape) || typeof shape !== 'object' || shape === null) return found
  seen.add(shape)
  if (shape instanceof z.ZodEnum) found.add(listOf(shape.options.map(String)))
  else if (shape instanceof z.ZodObject)
    for (const part of Object.values(shape.shape)) listsIn(part, found, seen)
  else if (shape instanceof z.ZodType)
    for (const part of Object.values(shape.def).flat()) listsIn(part, found, seen)
  return found
}
const listOf = (codes: readonly string[]) => codes.toSorted().join(' ')

/**
 * Closed lists that no sentence shows: they travel inside what `--reveal` and `--json` print as JSON, and in a sheet's
 * columns.
 */
const asTheyAre: Readonly<Record<string, string>> = {
  'F M X': 'sex',
  'accessibility childcare interpreter literacy transport': 'supportNeeds.needs',
  'confidential-location do-not-contact-family psychosocial-priority same-sex-staff security-alert':
    'protection.handling',
  'in-regularization other refugee refugee-applicant regular returned-national':
    'migrationStatus.status',
  'electronic signature thumbprint witnessed-verbal': 'how a consent was given',
  'none open': 'what pull does with contents',
  'ecdsa-p256-sha256 ed25519 rsa-pss-sha512': 'names of algorithms, of a registry',
}

test('every closed list of the contract that a person can meet has its words', async () => {
  const folder = new URL('../../schemas/', import.meta.url)
  const found = new Set<string>()
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.ts')) continue
    const module = (await import(new URL(name, folder).href)) as Record<string, unknown>
    for (const exported of Object.values(module)) listsIn(exported, found)
  }
  // Countries and kinds of documents are lists of ISO, ICAO and the state: they are no terms of ours.
  const ours = [...found].filter(list => list.split(' ').length < 40 && !/passport/.test(list))
  const { all: _, ...categoryLabels } = tables.categoryLabels
  const worded = Object.values({ ...tables, categoryLabels }).map(table =>
    listOf(Object.keys(table)),
  )
  expect(ours.length).toBeGreaterThan(20)
  expect(ours.filter(list => !worded.includes(list) && !(list in asTheyAre))).toEqual([])
  // Nothing is excused that is not there, and nothing that has words.
  expect(Object.keys(asTheyAre).filter(list => !ours.includes(list))).toEqual([])
  expect(Object.keys(asTheyAre).filter(list => worded.includes(list))).toEqual([])
  expect(listOf(Object.keys(entryCodeLabels))).toBe(listOf([...Object.keys(problems), 'replayed']))
})

test('every action and every event has its words', () => {
  expect(Object.keys(labels.actionLabels).toSorted()).toEqual([...Action.options].toSorted())
  expect(Object.keys(labels.eventLabels)).toEqual(Object.keys(samples))
})

test('what the hub does by its clock is told as such, without a key', () => {
  const entry = AccessLogEntry.parse({
    id,
    time: '2027-11-01T06:00:00.000Z',
    action: 'consent.expire',
    outcome: 'allowed',
    actor: { institution: 'HUB', role: 'hub' },
    request: { id, method: 'SCHEDULE', path: '/run-due-work' },
  })
  const row = (language: 'es' | 'en') =>
    logTable(
      [entry],
      new Map(),
      { say: speaker(language), language, columns: 200 },
      {
        time: instant => instant,
        referral: one => one,
      },
    ).at(-1)
  expect(row('es')).toMatch(/el intercambio +\(por el reloj\) +vence consentimiento +permitido/)
  expect(row('en')).toMatch(/the hub +\(by the clock\) +consent expires +allowed/)
})
