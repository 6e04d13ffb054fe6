// Bodies as strict I-JSON (RFC 7493).
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '../../../events/refusal.ts'
import { parseJson } from '../../../functions/http/request.ts'
import { anyCharacter } from '../../any-character.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** What a text is refused with, or undefined. */
const refusal = (input: string | Uint8Array): unknown => {
  try {
    parseJson(typeof input === 'string' ? bytes(input) : input)
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [error.code, error.errors]
  }
}
const malformed = (code: string) => ['malformed-request', [{ pointer: '', code }]]

test('any JSON value is read as it is', () => {
  const values = fc.jsonValue({ stringUnit: anyCharacter, maxDepth: 6 })
  fc.assert(
    fc.property(values, value => {
      const text = JSON.stringify(value)
      fc.pre(!text.includes('__proto__') && text.isWellFormed() && !/\\ud[89a-f]/.test(text))
      expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
    }),
  )
})

const escaped = (name: string, mask: number) =>
  Array.from(name, (letter, i) =>
    mask & (1 << i) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
  ).join('')

describe('members named twice', () => {
  test.each([
    '{"a":1,"a":2}',
    '{"a":1,"b":2,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"\\u0061":1,"a":2}',
    '{"\\u00e1":1,"á":2}',
    '{"\\"":1,"\\u0022":2}',
    '{"\\\\":1,"\\u005C":2}',
    '{"/":1,"\\/":2}',
    '{"":1,"":2}',
    '{"x":{"a":1,"a":2}}',
    '[{"a":1},{"a":1,"a":2}]',
    '{"x":[[{"y":[{"a":{"a":1},"b":[],"a":2}]}]]}',
    '{"a":{"b":1},"c":[{"a":1}],"a":0}',
    '{"a" : 1 , "a"\n:\t2}',
    '{"constructor":1,"constructor":2}',
  ])('are refused: %s', text => {
    expect(() => JSON.parse(text) as unknown).not.toThrow()
    expect(refusal(text)).toEqual(malformed('duplicate-member'))
  })

  test.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":[{"b":1},{"b":2}],"b":3}',
    '{"a":"a","b":"a"}',
    '{"a":"b","b":"b"}',
    '{"a":"\\"a\\":","b":": \\\\"}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":1,"A":2,"á":3,"a\u0301":4}',
    '{"toString":1,"hasOwnProperty":2,"constructor":3}',
  ])('in other objects, or in a text, are no repetition: %s', text => {
    expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
  })

  test('one repetition anywhere is found, however the two names are escaped', () => {
    const names = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(names, fc.nat(255), fc.nat(255), fc.nat(14), (name, one, other, depth) => {
        const inner = `{"0":0,"${escaped(name, one)}":[],"1":{},"${escaped(name, other)}":""}`
        const text = '{"x":['.repeat(depth) + inner + ']}'.repeat(depth)
        expect(refusal(text)).toEqual(malformed('duplicate-member'))
      }),
    )
  })
})

describe('prototypes', () => {
  test.each([
    '{"__proto__":{}}',
    '{"__proto__":null}',
    '{"a":[{"__proto__":{"admin":true}}]}',
    '{"\\u005f_proto__":{}}',
    '{"\\u005f\\u005fproto\\u005F\\u005f":1}',
  ])('a member that would be one is refused: %s', text => {
    expect(refusal(text)).toEqual(malformed('duplicate-member'))
  })

  test('the word alone is only a text', () => {
    expect(parseJson(bytes('["__proto__"]'))).toEqual(['__proto__'])
  })
})

const nested = (depth: number, [open, close] = ['[', ']']) =>
  open.repeat(depth) + (open === '[' ? '' : 'null') + close.repeat(depth)

describe('depth', () => {
  test('32 levels are read and 33 are refused, of lists and of objects', () => {
    for (const pair of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as [string, string][]) {
      expect(refusal(nested(32, pair))).toBeUndefined()
      expect(refusal(nested(33, pair))).toEqual(malformed('too-deep'))
    }
  })

  test('many objects beside each other are not depth', () => {
    expect(refusal(`[${'{"a":[]},'.repeat(1000)}{}]`)).toBeUndefined()
  })

  test('brackets in a text are not depth', () => {
    expect(refusal(JSON.stringify('['.repeat(1000)))).toBeUndefined()
  })

  test.each([
    ['opened and closed', nested(100_000)],
    ['never closed', '['.repeat(200_000)],
    ['never opened', ']'.repeat(200_000)],
    ['objects', nested(30_000, ['{"a":', '}'])],
  ])('200,000 brackets, %s, are refused and do not exhaust the stack', (_, text) => {
    const started = performance.now()
    expect(refusal(text)).toMatchObject(['malformed-request', [{ pointer: '' }]])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

test.each([
  ['one long text', JSON.stringify('a'.repeat(262_142))],
  ['a text of backslashes', JSON.stringify('\\'.repeat(131_071))],
  ['a text of quotes', JSON.stringify('"'.repeat(131_071))],
  [
    'many members',
    JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`m${i}`, 0]))),
  ],
  ['blanks', `${' '.repeat(262_142)}{}`],
])('a body as large as may be is read soon: %s', (_, text) => {
  const started = performance.now()
  expect(refusal(text)).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(2000)
})

describe('text that is not UTF-8', () => {
  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['a lone Latin-1 byte', [0x22, 0xf1, 0x22]],
    ['a sequence cut short', [0x22, 0xc3, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['an overlong null', [0x22, 0xe0, 0x80, 0x80, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a pair of surrogates (CESU-8)', [0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22]],
    ['a code point beyond Unicode', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
    ['the byte FE', [0x22, 0xfe, 0x22]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['UTF-16', [0x7b, 0x00, 0x7d, 0x00]],
    ['nothing', []],
  ])('%s is refused', (_, octets) => {
    expect(refusal(Uint8Array.from(octets))).toEqual(malformed('json'))
  })

  test.each([
    '"\\ud800"',
    '"\\udc00"',
    '{"\\ud83d":1}',
    '"\\ude00\\ud83d"',
    '["a",{"b":"x\\udfffy"}]',
  ])('half a character is refused, as I-JSON asks (RFC 7493 §2.1): %s', text => {
    expect(refusal(text)).toMatchObject(['malformed-request', [{ pointer: '' }]])
  })

  test('a whole character in two escapes is read', () => {
    expect(parseJson(bytes('"\\ud83d\\ude00"'))).toBe('😀')
  })
})

test.each([
  '',
  ' ',
  '{',
  '{"a":1,}',
  '[1,]',
  "{'a':1}",
  '{a:1}',
  '// x\n{}',
  '{} {}',
  '{}x',
  'undefined',
  'NaN',
  'Infinity',
  '-Infinity',
  '01',
  '+1',
  '.5',
  '1.',
  '1e',
  '0x1',
  '1_000',
  '-',
  '"\n"',
  '"\u0000"',
  '"\\x41"',
  '"\\u12"',
  '\u00a0{}',
])('%j is no JSON', text => {
  expect(refusal(text)).toEqual(malformed('json'))
})

test.each([
  ['0', 0],
  ['-1.5e+3', -1500],
  ['9007199254740991', 9_007_199_254_740_991],
  ['0.1', 0.1],
])('the number %s is read', (text, value) => {
  expect(parseJson(bytes(text))).toBe(value)
})
