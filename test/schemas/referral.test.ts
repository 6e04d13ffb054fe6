// What a referral may consist of, decided by its shape alone.
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { ExternalId, Submission } from '../../schemas/referral.ts'
import {
  type Case,
  type Json,
  type JsonObject,
  cases,
  fullest,
  patched,
  referrals,
} from './submissions.ts'

/** Where a value is wrong, as pointers; nothing where it is right. */
const wrongIn = (value: unknown, shape: z.ZodType = Submission): string[] => {
  const parsed = shape.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => `/${path.join('/')}`)
}
const withIdentity = (identity: JsonObject) => patched({ payload: { identity } })
const withDocument = (...documents: Json[]) => withIdentity({ documents })

describe('the synthetic referrals', () => {
  test('all 250 referrals are well formed', () => {
    const refused = referrals.filter(referral => wrongIn(referral).length > 0)
    expect(refused.map(referral => referral['externalId'])).toEqual([])
    expect(referrals).toHaveLength(250)
  })

  test('without its salt none of them is: the logged digest would be a guessing oracle', () => {
    for (const { salt: _, ...referral } of referrals) expect(wrongIn(referral)).toEqual(['/salt'])
  })

  test('a referral with every member that the contract knows is well formed', () => {
    expect(wrongIn(fullest)).toEqual([])
  })

  test('what is parsed is what was sent, and the two defaults of a consent', () => {
    expect(Submission.parse(referrals[0])).toEqual(
      patched({ consent: { jurisdiction: 'GT', lawfulBasis: 'consent' } }),
    )
  })
})

const byShape = (one: Case) => one.code === 'invalid-request'

describe('the named cases', () => {
  test.each(cases.filter(byShape))('$name: refused by its shape', ({ patch, pointer }) => {
    const places = wrongIn(patched(patch))
    expect(places).not.toEqual([])
    if (pointer) expect(places).toEqual([pointer])
  })

  test.each(cases.filter(one => !byShape(one)))(
    '$name: well formed, for the rules to decide',
    ({ patch }) => {
      expect(wrongIn(patched(patch))).toEqual([])
    },
  )
})

describe('names', () => {
  test.each(['Luna', 'Ñaupari', 'پرویز', 'O’Neill de la Cruz', '李', 'Ana María', 'a'.repeat(100)])(
    '%j is a name',
    name => {
      expect(wrongIn(withIdentity({ givenNames: [name] }))).toEqual([])
    },
  )

  const controls = ['\0', '\u0001', '\u0008', '\t', '\n', '\r', '\u001B', '\u007F', '\u009F']
  test.each(['', ' ', '   ', 'a'.repeat(101), ...controls.map(c => `Ana${c}`), ...controls])(
    '%j is no name: empty, blank, too long, or with a control character',
    name => {
      const places = wrongIn(withIdentity({ givenNames: [name] }))
      expect(new Set(places)).toEqual(new Set(['/payload/identity/givenNames/0']))
    },
  )

  // What looks at each character for each other would take minutes.
  test(
    'a name as long as a body can be is refused at once, whatever is in it',
    { timeout: 10_000 },
    () => {
      for (const end of ['', ' ', '\n', '\u0001\u0001'])
        for (const letter of ['a', ' ', 'ñ'])
          expect(wrongIn(withIdentity({ alias: letter.repeat(40_000) + end }))).not.toEqual([])
    },
  )

  test('one mononym, or an alias alone, is enough to refer a person; neither is not', () => {
    expect(wrongIn(withIdentity({ givenNames: ['Parwez'], familyNames: null }))).toEqual([])
    expect(wrongIn(withIdentity({ givenNames: null, familyNames: null, alias: 'Luna' }))).toEqual(
      [],
    )
    for (const givenNames of [null, []])
      expect(wrongIn(withIdentity({ givenNames }))).toEqual(['/payload/identity/givenNames'])
  })
})

describe('documents', () => {
  test('a lapsed document is no obstacle', () => {
    expect(wrongIn(withDocument({ type: 'provisional-stay', expiresOn: '2001-01-01' }))).toEqual([])
  })

  test('a person without a document is referred with the reason, and with the reason only', () => {
    const first = '/payload/identity/documents/0'
    expect(wrongIn(withDocument({ type: 'none', reason: 'never-had' }))).toEqual([])
    expect(wrongIn(withDocument({ type: 'none' }))).toEqual([`${first}/reason`])
    expect(wrongIn(withDocument({ type: 'none', reason: 'never-had', number: '12' }))).toEqual([
      `${first}/number`,
    ])
    expect(wrongIn(withIdentity({ documents: [] }))).toEqual(['/payload/identity/documents'])
  })

  test('a CUI is checked for the DPI of a foreign resident and for no other document', () => {
    const wrong = '1234567800101'
    const number = '/payload/identity/documents/0/number'
    expect(wrongIn(withDocument({ type: 'dpi-foreign-resident', number: wrong }))).toEqual([number])
    const right = { type: 'dpi-foreign-resident', number: '1234567890101' }
    expect(wrongIn(withDocument(right))).toEqual([])
    expect(wrongIn(withDocument({ type: 'dpi-foreign-resident' }))).toEqual([])
    for (const type of ['passport', 'national-id', 'permanent-residence', 'other'])
      expect(wrongIn(withDocument({ type, number: wrong, issuingCountry: 'SLV' }))).toEqual([])
  })
})

describe('what has no place in a referral', () => {
  test.each([
    [{ payload: { identity: { photo: 'aGk=' } } }, '/payload/identity'],
    [{ payload: { identity: { religion: 'x' } } }, '/payload/identity'],
    [{ payload: { identity: { ethnicity: 'x' } } }, '/payload/identity'],
    [{ payload: { contact: { address: 'x' } } }, '/payload/contact'],
    [
      { payload: { protection: { handling: ['security-alert'], story: 'x' } } },
      '/payload/protection',
    ],
    [{ payload: { health: {} } }, '/payload'],
    [{ payload: { bank: {} } }, '/payload'],
    [{ consent: { personRef: 'x' } }, '/consent'],
    [{ override: true }, '/'],
  ])('%j is refused where it stands', (patch, place) => {
    expect(wrongIn(patched(patch))).toEqual([place])
  })

  test('a code is not a story in disguise', () => {
    const interests = ['fue-amenazada-por-una-pandilla-en-su-colonia']
    expect(wrongIn(patched({ payload: { trainingProfile: { interests } } }))).not.toEqual([])
  })
})

test.each(['X', '1', 'EXP 2026/00041-ñ', '文'.repeat(64)])('%j is an external id', id => {
  expect(wrongIn(id, ExternalId)).toEqual([])
})

test.each(['', 'x'.repeat(65), 'a\nb', 'a\0', '\u007F'])('%j is no external id', id => {
  expect(wrongIn(id, ExternalId)).not.toEqual([])
})
