// What people read instead of codes: every code has a word of its own in both languages, and the hub's own doings have no key.
import { expect, test } from 'vitest'
import { logTable } from '../../bin/commands/log.ts'
import * as labels from '../../bin/labels.ts'
import { speaker } from '../../bin/texts.ts'
import { samples, type EventType } from '../../events/catalogue.ts'
import { Action, AccessLogEntry } from '../../schemas/access-log.ts'

const { eventLabel, ...tables } = labels
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

test('every action and every event has its words', () => {
  expect(Object.keys(labels.actionLabels).toSorted()).toEqual([...Action.options].toSorted())
  const types = Object.keys(samples) as EventType[]
  for (const language of ['es', 'en'] as const)
    expect(new Set(types.map(type => eventLabel(type, language))).size).toBe(types.length)
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
  expect(row('es')).toMatch(/HUB +\(por el reloj\) +vence consentimiento +permitido/)
  expect(row('en')).toMatch(/HUB +\(by the clock\) +consent expires +allowed/)
})
