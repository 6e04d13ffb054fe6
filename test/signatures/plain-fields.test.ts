// Fields that are read without a parser say what the parser says of them; others go to it.
import { describe, expect, test } from 'vitest'
import { readClaimed, readStructured } from '../../signatures/base.ts'

const signature = `hub=:${Buffer.from(Array.from({ length: 64 }, (_, i) => i * 4)).toString('base64')}:`
const input = (components: string, parameters: string) => `hub=(${components})${parameters}`
const always = '"@method" "@authority" "@path" "@query"'
const usual = ';created=1767225600;expires=1767225660;nonce="a-_b";keyid="k";tag="referral-hub"'

const both = (signatureInput: string, own = signature) => {
  const headers = { 'signature-input': signatureInput, signature: own }
  return [readClaimed({ headers }), readStructured(headers)]
}

describe('both ways of reading agree on', () => {
  test.each([
    ['what clients write', input(always, usual)],
    ['more components', input(`${always} "content-digest" "idempotency-key"`, usual)],
    ['one component', input('"@method"', usual)],
    ['no component', input('', usual)],
    ['no parameter', input(always, '')],
    ['a parameter twice', input(always, `${usual};created=5`)],
    ['a parameter without value', input(always, `${usual};flag`)],
    ['a leading zero', input(always, ';created=007')],
    ['zero', input(always, ';created=0')],
    ['a negative number', input(always, ';created=-1')],
    ['a negative zero', input(always, ';created=-0')],
    ['fifteen digits', input(always, ';created=999999999999999')],
    ['sixteen digits', input(always, ';created=9999999999999999')],
    ['a fraction', input(always, ';created=1.0')],
    ['a token', input(always, ';alg=ed25519')],
    ['an escape', input(always, String.raw`;nonce="a\\b\"c"`)],
    ['separators in a string', input(always, ';nonce=";created=1 (a) , hub=(";tag="x"')],
    ['a string that is not ASCII', input(always, ';nonce="ñ"')],
    ['a tab in a string', input(always, ';nonce="\t"')],
    ['an upper-case parameter', input(always, ';Created=1')],
    ['an empty string', input(always, ';nonce=""')],
    ['a component with a parameter', input('"@method";req "@path"', usual)],
    ['two blanks', input('"@method"  "@path"', usual)],
    ['blanks at the ends', input(' "@method" ', usual)],
    ['blanks before a parameter', input(always, '; created=1')],
    ['a blank in a name', input('"a b"', usual)],
    ['a second signature', `${input(always, usual)}, other=("@path")`],
    ['hub twice', `${input('"@path"', '')}, ${input(always, usual)}`],
    ['another name', 'sig=("@path")'],
    ['a line behind it', `${input(always, usual)}\n`],
    ['nothing', ''],
  ])('%s', (_name, text) => {
    const [plain, structured] = both(text)
    expect(plain).toEqual(structured)
  })

  test.each([
    ['nothing between the colons', 'hub=::'],
    ['one padding', 'hub=:AAA=:'],
    ['two paddings', 'hub=:AA==:'],
    ['bits that no octet has', 'hub=:AB==:'],
    ['no padding', 'hub=:AA:'],
    ['too much padding', 'hub=:A===:'],
    ['another alphabet', 'hub=:-_-_:'],
    ['a parameter', `${signature};a=1`],
    ['a second signature', `${signature}, other=:AAAA:`],
    ['a string', 'hub="AAAA"'],
  ])('a signature with %s', (_name, own) => {
    const [plain, structured] = both(input(always, usual), own)
    expect(plain).toEqual(structured)
  })
})

test('what clients write is read, and is its own serialization', () => {
  const [plain] = both(input(always, usual))
  expect(plain?.params).toBe(`(${always})${usual}`)
  expect(plain?.components).toEqual(['@method', '@authority', '@path', '@query'])
  expect(plain?.parameters.get('created')).toBe(1_767_225_600)
})
