// Choices as a reader looks for them, and answers that are sent as they were given.
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../console/src/refer/answers.ts'
import { faultsOf, nextStep } from '../../console/src/refer/check.ts'
import {
  countries,
  inOrder,
  languagesElse,
  oftenFirst,
  oftenSpoken,
} from '../../console/src/refer/question.ts'
import { stepsOf } from '../../console/src/refer/questions.ts'
import { submissionOf } from '../../console/src/refer/submission.ts'
import { about, answered, minor } from './answered.ts'

test.each(['es', 'en'] as const)(
  'countries in %s: those that are met often first, then all others by name',
  language => {
    const shown = inOrder({ choices: countries, keptFirst: oftenFirst }, language)
    expect(shown.slice(0, oftenFirst)).toEqual(countries.slice(0, oftenFirst))
    const names = shown.slice(oftenFirst).map(({ words }) => words(language))
    expect(names.length).toBeGreaterThan(200)
    const { compare } = new Intl.Collator(language)
    expect(names.filter((name, i) => i > 0 && compare(names[i - 1] as string, name) > 0)).toEqual(
      [],
    )
    expect(new Set(shown)).toEqual(new Set(countries))
  },
)

test('where nothing says otherwise, choices stay as they are', () => {
  expect(inOrder({ choices: countries }, 'es')).toEqual(countries)
})

test('a number and a reason why the document is not there are both sent', () => {
  const answers = { ...answered, 'document-1-reason': ['lost-in-transit'] }
  const { payload } = submissionOf(answers, about) as {
    payload: { identity: { documents: object[] } }
  }
  expect(payload.identity.documents[0]).toMatchObject({
    number: 'PRUEBA00001',
    reason: 'lost-in-transit',
  })
})

test.each(['es', 'en'] as const)(
  'no country and no language is called by its code in %s',
  language => {
    const named = [...countries, ...oftenSpoken, ...languagesElse].map(({ value, words }) => ({
      value,
      name: words(language),
    }))
    expect(named.length).toBeGreaterThan(300)
    // The Mam call their language Mam.
    expect(named.filter(({ value, name }) => name === value && value !== 'mam')).toEqual([])
    expect(named.filter(({ name }) => name.trim() === '')).toEqual([])
  },
)

/** Where one is led when every page has been answered. */
const next = (answers: Answers) => nextStep(new Set(stepsOf(answers, about)), answers, about)

describe('an answer that is no choice any longer', () => {
  test('is asked for again before all is shown: who permits it, once the person may be a minor', () => {
    expect(next(answered)).toBeUndefined()
    expect(next({ ...answered, ...minor })).toBeUndefined()
    expect(next({ ...answered, ...minor, grantor: ['self'] })).toBe('otorga')
  })

  test('is asked for again: a municipality of another department, a kind of data that there is none of', () => {
    expect(next({ ...answered, department: ['01'] })).toBe('municipio')
    const needs = { needs: [], 'categories-status-feedback': ['supportNeeds'] }
    expect(next({ ...answered, ...needs })).toBe('finalidad-status-feedback')
  })

  test('is left out where others of its question still are one', () => {
    expect(next({ ...answered, needs: [] })).toBeUndefined()
    expect(faultsOf({ ...answered, needs: [] }, about)).toEqual([])
  })
})

const phoneSent = (phone: string) => {
  const { payload } = submissionOf({ ...answered, phone: [phone] }, about) as {
    payload: { contact: { phone: string } }
  }
  return payload.contact.phone
}

test('a telephone number is sent as its digits, whatever it was pasted with', () => {
  const between = Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212 \u00A0\u202F\u2009-.')
  const unseen = Array.from('\u200B\u200C\u200D\u2060\uFEFF\u00AD\u200E\u200F\u061C')
  const turning = Array.from('\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069')
  for (const sign of [...between, ...unseen, ...turning]) {
    const phone = `${sign}+502${sign}0000${sign}0001${sign}`
    expect([phone, phoneSent(phone)]).toEqual([phone, '+50200000001'])
    expect([phone, faultsOf({ ...answered, phone: [phone] }, about)]).toEqual([phone, []])
  }
})
