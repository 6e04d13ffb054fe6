// The places of a refusal, as the command line tells them.
import { describe, expect, test } from 'vitest'
import { fieldErrorLines } from '../../bin/field-errors.ts'
import { speaker } from '../../texts/hub.ts'
import { fieldCodes } from '../../schemas/field-codes.ts'

describe('a place that was refused', () => {
  test('is told with its sentence, in the reader’s language, and with what is allowed instead', () => {
    const errors = [
      { pointer: '/priority', code: 'not-allowed', allowed: ['routine', 'urgent', 'stat'] },
      {
        pointer: '/payload/identity/documents/0/number',
        code: 'leave-out-and-give-reason',
      },
    ]
    expect(fieldErrorLines(errors, speaker('es'))).toEqual([
      '    /priority  not-allowed · este valor no se permite aquí · se permite: routine, urgent, stat',
      '    /payload/identity/documents/0/number  leave-out-and-give-reason · no es un número de documento: déjelo fuera y dé el motivo (reason)',
    ])
    expect(fieldErrorLines(errors, speaker('en'))[0]).toBe(
      '    /priority  not-allowed · this value is not allowed here · allowed: routine, urgent, stat',
    )
  })

  test('has its code alone where a newer hub says one that is not known here', () => {
    for (const code of ['newer-code', 'constructor', 'covers-body'])
      expect(fieldErrorLines([{ pointer: '/x', code }], speaker('es'))).toEqual([`    /x  ${code}`])
  })

  test('has a sentence of its own for every code, in both languages, to whoever is addressed as usted', () => {
    for (const language of ['es', 'en'] as const) {
      const sentences = Object.values(fieldCodes).map(entry => entry[language])
      expect(new Set(sentences).size).toBe(sentences.length)
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^\p{Ll}.{3,99}[^.]$/u)
        expect(sentence).not.toMatch(/v[ií]ctim/i)
      }
    }
    for (const code of Object.keys(fieldCodes)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })
})
