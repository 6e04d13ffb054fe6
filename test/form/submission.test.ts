// What the form makes of its answers is what the contract takes, and nothing that was not permitted to be seen.
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../console/src/refer/answers.ts'
import { faultsOf, nextStep } from '../../console/src/refer/check.ts'
import { questionsOf, stepsOf } from '../../console/src/refer/questions.ts'
import { submissionOf } from '../../console/src/refer/submission.ts'
import { Payload } from '../../schemas/payload.ts'
import { Service } from '../../schemas/referral.ts'
import { about, answered, minor } from './answered.ts'

const payloadOf = (answers: object) =>
  submissionOf({ ...answered, ...answers }, about)['payload'] as Record<string, unknown>

const documents = (answers: object) =>
  stepsOf({ ...answered, ...answers }, about).filter(step => step.startsWith('documento'))

/** Whether the municipality is asked for, and which is sent. */
const placeOf = (answers: Answers) => ({
  asked: stepsOf(answers, about).includes('municipio'),
  sent: (submissionOf(answers, about) as { payload: { contact?: { municipality?: string } } })
    .payload.contact?.municipality,
})

describe('a whole form', () => {
  test('has as many nationalities as the contract takes, and places for no more', () => {
    const codes = ['HND', 'SLV', 'NIC', 'VEN', 'CUB']
    const five = Object.fromEntries(codes.map((code, n) => [`nationality-${n + 1}`, [code]]))
    expect(payloadOf(five)).toMatchObject({ identity: { nationalities: codes } })
    expect(faultsOf({ ...answered, ...five }, about)).toEqual([])
    expect(questionsOf('nacionalidad', answered, about).map(({ id }) => id)).toEqual(
      Object.keys(five),
    )
    const taken = (nationalities: string[]) => {
      const payload = payloadOf({})
      const identity = { ...(payload['identity'] as object), nationalities }
      return Payload.safeParse({ ...payload, identity }).success
    }
    expect([taken(codes), taken([...codes, 'HTI'])]).toEqual([true, false])
  })

  test('is a submission of which neither shapes nor rules find anything wrong', () => {
    expect(faultsOf(answered, about)).toEqual([])
    expect(submissionOf(answered, about)).toMatchInlineSnapshot(`
      {
        "agreementId": "igm-ala-2026",
        "consent": {
          "evidenceSha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
          "grantedAt": "2026-11-20T06:00:00.000Z",
          "grantor": {
            "type": "self",
          },
          "interpreterUsed": false,
          "method": "signature",
          "notice": {
            "id": "consent-notice",
            "language": "es",
            "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "version": "2026-11",
          },
          "purposes": [
            {
              "dataCategories": [
                "identity",
                "contact",
                "migrationStatus",
                "trainingProfile",
                "supportNeeds",
              ],
              "purpose": "training-referral",
              "recipient": "ALA",
            },
            {
              "dataCategories": [
                "protection",
              ],
              "purpose": "protection-handling",
              "recipient": "ALA",
            },
            {
              "dataCategories": [
                "trainingProfile",
              ],
              "purpose": "status-feedback",
              "recipient": "IGM",
            },
          ],
          "validUntil": "2027-11-01T05:59:59.999Z",
        },
        "externalId": "EXP-PRUEBA-1",
        "payload": {
          "contact": {
            "municipality": "1703",
            "phone": "+50200000001",
            "safeTimes": [
              "morning",
            ],
            "safeToCall": true,
          },
          "identity": {
            "birthDate": "1994-08-05",
            "documents": [
              {
                "issuingCountry": "HND",
                "number": "PRUEBA00001",
                "type": "passport",
              },
            ],
            "familyNames": [
              "Zelaya Prueba",
            ],
            "givenNames": [
              "María Elena",
            ],
            "languages": [
              "es",
            ],
            "nationalities": [
              "HND",
            ],
            "sex": "F",
          },
          "migrationStatus": {
            "status": "refugee-applicant",
          },
          "protection": {
            "handling": [
              "same-sex-staff",
            ],
          },
          "supportNeeds": {
            "needs": [
              "transport",
            ],
          },
          "trainingProfile": {
            "interestDeclared": true,
            "interests": [
              "bakery",
            ],
            "schooling": "primary",
          },
        },
        "priority": "urgent",
        "recipient": "ALA",
        "services": [
          "vocational-profiling",
          "enrolment-guidance",
        ],
      }
    `)
  })

  test('of a minor has the guardian, and the assent', () => {
    const answers = { ...answered, ...minor }
    expect(faultsOf(answers, about)).toEqual([])
    expect(submissionOf(answers, about)).toMatchObject({
      consent: { grantor: { type: 'guardian', relationship: 'mother', assent: true } },
      payload: {
        identity: {
          birthDate: '2012',
          birthDateEstimated: true,
          guardian: { givenNames: ['Rosa'], familyNames: ['Prueba'], relationship: 'mother' },
        },
      },
    })
  })

  test('of an adult says nothing of a guardian that was named before the date was corrected', () => {
    const { birth } = answered
    const answers = { ...answered, ...minor, birth: birth ?? [], estimated: [], grantor: ['self'] }
    expect(faultsOf(answers, about)).toEqual([])
    expect(JSON.stringify(submissionOf(answers, about))).not.toMatch(/Rosa|assent|mother/)
  })

  test('names are sent as they were written, and only numbers are written anew', () => {
    const given = 'M’balu <b>Ñandú</b>  مريم'
    expect(payloadOf({ given: [given] })).toMatchObject({
      identity: { givenNames: [given] },
      contact: { phone: '+50200000001' },
    })
  })
})

describe('what nobody may see', () => {
  test('is not sent: contact, needs and care that no purpose covers', () => {
    const payload = payloadOf({
      'categories-training-referral': ['identity', 'migrationStatus'],
      'granted-protection-handling': ['no'],
    })
    expect(Object.keys(payload)).toEqual(['identity', 'migrationStatus', 'trainingProfile'])
  })

  test('no consent names a kind of data that there is not', () => {
    const { consent } = submissionOf({ ...answered, safe: ['none'], needs: [] }, about) as {
      consent: { purposes: { dataCategories: string[] }[] }
    }
    expect(consent.purposes.flatMap(({ dataCategories }) => dataCategories)).toEqual([
      'identity',
      'migrationStatus',
      'trainingProfile',
      'protection',
      'trainingProfile',
    ])
  })
})

describe('the pages', () => {
  test('are asked one after the other, each once', () => {
    const done = new Set<string>()
    const services = Service.options
    const all = { ...answered, services }
    for (let step; (step = nextStep(done, all, about)) !== undefined;) done.add(step)
    expect([...done]).toEqual(stepsOf(all, about))
    expect(done).toContain('finalidad-job-placement-handover')
    expect(done.size).toBe(34)
  })

  test('ask for the municipality of the department that was chosen, and only where one was', () => {
    expect(placeOf(answered)).toEqual({ asked: true, sent: '1703' })
    const [question] = questionsOf('municipio', answered, about)
    expect(question?.choices?.map(({ value }) => value)).toEqual(
      Array.from({ length: 14 }, (_, n) => `17${String(n + 1).padStart(2, '0')}`),
    )
    // It was chosen before the department was another, or none.
    expect(placeOf({ ...answered, department: ['18'] })).toEqual({ asked: true, sent: undefined })
    expect(placeOf({ ...answered, department: [''] })).toEqual({ asked: false, sent: undefined })
    expect(placeOf({ ...answered, safe: ['none'] })).toEqual({ asked: false, sent: undefined })
  })

  test('of a minor ask for the guardian, the relationship and the assent besides', () => {
    const usual = stepsOf(answered, about)
    const more = stepsOf({ ...answered, ...minor }, about).filter(step => !usual.includes(step))
    expect(more).toEqual(['encargado', 'parentesco', 'asentimiento'])
  })

  test('ask about another document where there is one, up to eight', () => {
    const more = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`document-${n + 1}-more`, ['yes']]),
    )
    expect(documents({ 'document-1-more': ['yes'] })).toEqual([
      'documento-1',
      'documento-1-datos',
      'documento-2',
      'documento-2-datos',
    ])
    expect(documents(more).at(-1)).toBe('documento-8-datos')
    expect(documents({ ...more, 'document-1-type': ['none'] })).toHaveLength(2)
  })

  test('each have a question, and no question has the id of another', () => {
    const answers = { ...answered, ...minor, 'notice-language': ['other'] }
    const ids = stepsOf(answers, about).map(step =>
      questionsOf(step, answers, about).map(({ id }) => id),
    )
    expect(ids.filter(({ length }) => length === 0)).toEqual([])
    expect(new Set(ids.flat()).size).toBe(ids.flat().length)
    expect(questionsOf('otra', answers, about)).toEqual([])
  })
})
