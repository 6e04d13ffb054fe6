// What is wrong is said at the question that it is about, on its page and on the last one, by the contract's own shapes
// and rules.
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../console/src/refer/answers.ts'
import { faultsIn, faultsOf, faultsOfRefusal } from '../../console/src/refer/check.ts'
import { questionAt } from '../../console/src/refer/places.ts'
import { questionsOf, stepOf, stepsOf } from '../../console/src/refer/questions.ts'
import { about, answered, minor } from './answered.ts'

/** What is answered wrongly, which page says so, at which question, by which code. */
const wrong: readonly [Answers, step: string, id: string, code: string][] = [
  [{ own: [] }, 'expediente', 'own', 'need.own'],
  [{ own: ['a'.repeat(65)] }, 'expediente', 'own', 'too-big'],
  [{ services: [] }, 'servicios', 'services', 'need.services'],
  [{ priority: [] }, 'prioridad', 'priority', 'need.choose'],
  [{ given: [] }, 'nombre', 'given', 'required'],
  [{ given: ['x'.repeat(4000)] }, 'nombre', 'given', 'too-big'],
  [{ family: ['a\u202Eb'] }, 'nombre', 'family', 'direction-control'],
  [{ alias: ['\u200B'] }, 'nombre', 'alias', 'nothing-visible'],
  [{ birth: ['', '', ''] }, 'nacimiento', 'birth', 'need.birth'],
  [{ birth: ['31', '2', '1994'] }, 'nacimiento', 'birth', 'calendar'],
  [{ birth: ['5', '', '1994'] }, 'nacimiento', 'birth', 'wrong-format'],
  [{ birth: ['', '', '2031'] }, 'nacimiento', 'birth', 'in-the-future'],
  [{ 'nationality-1': ['GTM'] }, 'nacionalidad', 'nationality-1', 'eligibility-population'],
  [{ 'nationality-2': ['HND'] }, 'nacionalidad', 'nationality-1', 'repeated'],
  [
    { 'document-1-number': ['S/N'] },
    'documento-1-datos',
    'document-1-number',
    'leave-out-and-give-reason',
  ],
  [{ 'document-1-country': [] }, 'documento-1-datos', 'document-1-country', 'required'],
  [{ 'document-1-number': [] }, 'documento-1-datos', 'document-1-number', 'need.number-of-country'],
  [{ 'document-1-more': [] }, 'documento-1-datos', 'document-1-more', 'need.choose'],
  [{ 'document-1-type': ['none'] }, 'documento-1-datos', 'document-1-reason', 'need.choose'],
  [
    {
      'document-1-type': ['dpi-foreign-resident'],
      'document-1-country': [],
      'document-1-number': ['1234567890123'],
    },
    'documento-1-datos',
    'document-1-number',
    'cui',
  ],
  [{ languages: [] }, 'idiomas', 'languages', 'need.one'],
  [{ phone: ['+502 123'] }, 'contacto', 'phone', 'wrong-format'],
  [{ phone: ['+502 0000 000'] }, 'contacto', 'phone', 'guatemalan-phone'],
  [{ phone: ['+502'] }, 'contacto', 'phone', 'wrong-format'],
  [{ phone: [] }, 'contacto', 'phone', 'need.phone-to-call'],
  [{ safe: ['none'] }, 'contacto', 'safe', 'need.no-contact'],
  [{ municipality: ['1799'] }, 'municipio', 'municipality', 'municipality'],
  [{ status: ['returned-national'] }, 'situacion', 'status', 'eligibility-population'],
  [{ status: ['regular'] }, 'situacion', 'status', 'eligibility-status'],
  [{ 'case-number': ['S/N'] }, 'tramite', 'case-number', 'leave-out'],
  [{ 'status-until': ['0001-01-01'] }, 'tramite', 'status-until', 'date-out-of-range'],
  [{ interest: ['no'] }, 'interes', 'interest', 'interest-not-declared'],
  [{ 'notice-read': [] }, 'aviso-lectura', 'notice-read', 'need.read'],
  [
    { 'granted-training-referral': ['no'] },
    'finalidad-training-referral',
    'granted-training-referral',
    'need.training',
  ],
  [
    { 'categories-training-referral': ['identity'] },
    'finalidad-training-referral',
    'categories-training-referral',
    'need.basics',
  ],
  [
    { 'categories-status-feedback': [] },
    'finalidad-status-feedback',
    'categories-status-feedback',
    'need.one',
  ],
  [{ method: ['witnessed-verbal'] }, 'metodo', 'witnessed', 'required'],
  [{ 'granted-on': ['2026-11-21'] }, 'vigencia', 'granted-on', 'in-the-future'],
  [{ 'granted-on': ['1990-01-01'] }, 'vigencia', 'granted-on', 'before-birth'],
  [{ 'valid-until': ['2026-11-19'] }, 'vigencia', 'valid-until', 'before-granted'],
  [{ 'valid-until': ['2028-05-05'] }, 'vigencia', 'valid-until', 'consent-outlives-agreement'],
  [{ evidence: [] }, 'hoja', 'evidence', 'need.file'],
  [{ ...minor, grantor: ['self'] }, 'otorga', 'grantor', 'need.guardian'],
  [{ ...minor, 'grantor-relationship': [] }, 'parentesco', 'grantor-relationship', 'need.choose'],
  [{ ...minor, assent: ['no'] }, 'asentimiento', 'assent', 'need.assent'],
  [{ ...minor, 'guardian-given': [] }, 'encargado', 'guardian-given', 'need.answer'],
  [{ ...minor, 'guardian-phone': ['12'] }, 'encargado', 'guardian-phone', 'wrong-format'],
]

describe('an answer that is wrong', () => {
  test.each(wrong)('%o: page %s, %s, %s', (patch, step, id, code) => {
    const answers = { ...answered, ...patch }
    expect(faultsIn(step, answers, about).map(fault => [fault.id, fault.code])).toContainEqual([
      id,
      code,
    ])
    expect(faultsOf(answers, about).map(fault => fault.id)).toContain(id)
    // While one is still on the way there, too.
    const steps = stepsOf(answers, about)
    const asked = steps
      .slice(0, steps.indexOf(step) + 1)
      .flatMap(before => questionsOf(before, answers, about).map(question => question.id))
    const soFar = Object.fromEntries(
      Object.entries(answers).filter(([name]) => asked.includes(name)),
    )
    expect(faultsIn(step, soFar, about).map(fault => fault.id)).toContain(id)
  })

  test('of one page is not said on the others', () => {
    const answers = { ...answered, family: ['a\u202Eb'], evidence: [] }
    const said = stepsOf(answers, about).filter(step => faultsIn(step, answers, about).length > 0)
    expect(said).toEqual(['nombre', 'hoja'])
  })
})

test('nothing is wrong on any page of a form that is in order, nor with what is not asked yet', () => {
  for (const answers of [answered, { ...answered, ...minor }]) {
    const said = stepsOf(answers, about).flatMap(step => faultsIn(step, answers, about))
    expect(said).toEqual([])
  }
})

test('whom it is safe to call is reached by a number or through the referrer; a number may be unknown', () => {
  const right: Answers[] = [
    { phone: [], 'through-liaison': ['yes'] },
    { phone: [], safe: ['no'] },
    { phone: [], safe: ['none'] },
    { 'document-1-number': [], 'document-1-reason': ['lost-in-transit'] },
    { 'document-1-number': [], 'document-1-country': [] },
  ]
  for (const patch of right) expect(faultsOf({ ...answered, ...patch }, about)).toEqual([])
})

const refused = (code: string, ...pointers: string[]) =>
  faultsOfRefusal(
    { code, errors: pointers.map(pointer => ({ pointer, code: 'not-allowed' })) },
    answered,
    about,
  )

describe('a refusal of the hub', () => {
  test('leads to its question, by pointer or by code', () => {
    expect(refused('invalid-request', '/payload/identity/documents/0/issuingCountry')).toEqual([
      { id: 'document-1-country', code: 'not-allowed' },
    ])
    expect(refused('external-id-exists')).toEqual([{ id: 'own', code: 'external-id-exists' }])
    expect(refused('eligibility-status', '/payload/migrationStatus/status')).toEqual([
      { id: 'status', code: 'eligibility-status' },
    ])
  })

  test('that is about no question says so', () => {
    expect(refused('duplicate-active-referral')).toEqual([
      { id: undefined, code: 'duplicate-active-referral' },
    ])
    expect(questionAt('/agreementId', answered, about)).toBeUndefined()
  })

  test('about a purpose finds the one that stands there', () => {
    expect(questionAt('/consent/purposes/1/recipient', answered, about)).toBe(
      'granted-protection-handling',
    )
    expect(questionAt('/consent/purposes/2/dataCategories/0', answered, about)).toBe(
      'categories-status-feedback',
    )
  })
})

test('every member that the form fills has a question, which a page asks', () => {
  const answers = { ...answered, ...minor, 'nationality-3': ['SLV'] }
  const pointers = [
    '/externalId',
    '/priority',
    '/services/0',
    ...['givenNames/0', 'familyNames/0', 'alias', 'originalScript', 'birthDate'].map(
      member => `/payload/identity/${member}`,
    ),
    ...['birthDateEstimated', 'sex', 'nationalities/1', 'documents', 'languages/0'].map(
      member => `/payload/identity/${member}`,
    ),
    ...['type', 'number', 'issuingCountry', 'expiresOn', 'reason'].map(
      member => `/payload/identity/documents/0/${member}`,
    ),
    ...['givenNames/0', 'familyNames', 'relationship', 'phone'].map(
      member => `/payload/identity/guardian/${member}`,
    ),
    ...['phone', 'safeToCall', 'safeTimes/0', 'municipality'].map(
      member => `/payload/contact/${member}`,
    ),
    ...['status', 'caseNumber', 'validUntil'].map(member => `/payload/migrationStatus/${member}`),
    ...['interestDeclared', 'interests/0', 'schooling', 'experience/0', 'availability'].map(
      member => `/payload/trainingProfile/${member}`,
    ),
    '/payload/supportNeeds/needs/0',
    '/payload/protection/handling',
    ...['notice/language', 'notice/sha256', 'grantor/type', 'grantor/relationship'].map(
      member => `/consent/${member}`,
    ),
    ...['grantor/assent', 'method', 'witnessed', 'interpreterUsed', 'purposes'].map(
      member => `/consent/${member}`,
    ),
    ...['grantedAt', 'validUntil', 'evidenceSha256'].map(member => `/consent/${member}`),
  ]
  const lost = pointers.filter(pointer => {
    const id = questionAt(pointer, answers, about)
    return id === undefined || stepOf(id, answers, about) === undefined
  })
  expect(lost).toEqual([])
})
