// The examples that the RFCs print, through our own path: transformations of a message (RFC 9421 B.4), digests (RFC
// 9530), and dictionaries (RFC 9651).
import { createPublicKey, verify } from 'node:crypto'
import { type MessageDescriptor, SignatureError, verifySignature } from 'http-message-sig'
import { describe, expect, test } from 'vitest'
import { readRequest } from '../../functions/http/request.ts'
import { judgeForm } from '../../signatures/policy.ts'
import { drafted, judge } from './judging.ts'
import { draft, signed } from './signing.ts'
import { eventOf } from '../functions/http/stack.ts'

const ed25519 = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' },
  format: 'jwk',
})
type FieldValue = MessageDescriptor['fields'][number]
type Sent = { method: string; url: string; fields: FieldValue[] }
const signature: FieldValue[] = [
  {
    name: 'Signature-Input',
    value:
      'transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"',
  },
  {
    name: 'Signature',
    value:
      'transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:',
  },
]
const accept = (...values: string[]): FieldValue[] =>
  values.map(value => ({ name: 'Accept', value }))
const original: Sent = {
  method: 'GET',
  url: 'https://example.org/demo?name1=Value1&Name2=value2',
  fields: [
    { name: 'Date', value: 'Fri, 15 Jul 2022 14:24:55 GMT' },
    ...accept('application/json', '*/*'),
  ],
}

/** As the hub reads it: names in lower case, fields of one name joined, then the signature base and Ed25519. */
const verifies = async ({ method, url, fields }: Sent): Promise<boolean> => {
  const { pathname, search } = new URL(url)
  const joined: Record<string, string> = {}
  for (const { name, value } of [...fields, ...signature]) {
    const lower = name.toLowerCase()
    joined[lower] = lower in joined ? `${joined[lower]}, ${value}` : value
  }
  const { headers } = readRequest(
    eventOf({
      method,
      path: pathname,
      query: search.slice(1),
      headers: joined,
      body: Buffer.alloc(0),
    }),
  )
  const verdict = verifySignature(
    {
      kind: 'request',
      method,
      targetUri: url,
      fields: Object.entries(headers).map(([name, value]) => ({ name, value })),
    },
    {
      label: 'transform',
      policy: {
        algorithms: ['ed25519'],
        requiredComponents: [],
        requiredParameters: [],
        now: 1_618_884_473,
      },
      resolveVerifier: () => ({
        algorithm: 'ed25519',
        verify: (data, bytes) => verify(null, data, ed25519, bytes),
      }),
    },
  )
  return verdict.then(
    () => true,
    (error: unknown) => {
      if (error instanceof SignatureError && error.code === 'VerificationFailed') return false
      throw error
    },
  )
}

describe('a message that is changed on its way (RFC 9421 B.4)', () => {
  test.each<[string, Partial<Sent>]>([
    ['as it was sent', {}],
    [
      'with fields added, in another order, and Accept joined',
      {
        fields: [
          { name: 'Accept-Language', value: 'en-US,en;q=0.5' },
          ...accept('application/json, */*'),
          { name: 'Via', value: 'x' },
        ],
      },
    ],
    [
      'without its Date and its query, which are not covered',
      { url: 'https://example.org/demo', fields: original.fields.slice(1) },
    ],
    [
      'with its field names in other letters',
      { fields: original.fields.map(({ name, value }) => ({ name: name.toUpperCase(), value })) },
    ],
    ['with blanks around a value', { fields: accept(' application/json, */* ') }],
  ])('still verifies %s', async (_, change) => {
    expect(await verifies({ ...original, ...change })).toBe(true)
  })

  test.each<[string, Partial<Sent>]>([
    ['with another method', { method: 'POST' }],
    ['with another authority', { url: 'https://example.com/demo?name1=Value1&Name2=value2' }],
    ['with another path', { url: 'https://example.org/demo/?name1=Value1&Name2=value2' }],
    ['with the values of Accept in another order', { fields: accept('*/*', 'application/json') }],
    ['with a value of Accept more', { fields: accept('application/json', '*/*', 'text/html') }],
  ])('does not verify %s', async (_, change) => {
    expect(await verifies({ ...original, ...change })).toBe(false)
  })
})

const hello = '{"hello": "world"}'
const judgeDigest = (body: string, digest: string) =>
  judge(
    signed(
      drafted(given => ({
        body: Buffer.from(body),
        headers: { ...given.headers, 'content-digest': digest },
      })),
    ),
  )

describe('a digest as RFC 9530 and RFC 9421 print it', () => {
  const sha256 = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'
  const sha512 =
    'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:'

  test.each([
    ['RFC 9421 §1, SHA-256', hello, sha256],
    ['RFC 9421 B.2, SHA-512', hello, sha512],
    [
      'RFC 9530 B.1, with the line’s end',
      `${hello}\n`,
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    ],
    ['RFC 9530 §2, both', hello, `${sha256}, ${sha512}`],
    [
      'RFC 9530 §5, beside one of those that are deprecated',
      hello,
      `${sha256}, md5=:Sd/dVLAcvNLSq16eXua5uQ==:`,
    ],
  ])('is right: %s', async (_, body, digest) => {
    expect(await judgeDigest(body, digest)).toMatchObject({ outcome: 'accepted' })
  })

  test.each([
    [
      'without the line’s end that was hashed',
      hello,
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    ],
    [
      'deprecated algorithms only (RFC 9530 §5)',
      hello,
      'md5=:Sd/dVLAcvNLSq16eXua5uQ==:, sha=:07CavjDP4u3/TungoUHJO/Wzr4c=:',
    ],
    ['Want-Content-Digest’s form', hello, 'sha-256=1, sha-512=3'],
    ['the form of RFC 3230', hello, 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='],
  ])('is refused: %s', async (_, body, digest) => {
    expect(await judgeDigest(body, digest)).toEqual({ outcome: 'digest-mismatch', lookups: 0 })
  })
})

/** Which rule of form refuses these two fields. */
const ruleFor = (input: string): string | undefined => {
  try {
    judgeForm({
      ...signed(draft()),
      headers: { signature: 'hub=:AA==:', 'signature-input': input },
    })
    return undefined
  } catch (error) {
    return (error as { rule?: string }).rule
  }
}

describe('a Signature-Input as the dictionaries of RFC 9651 §3.2', () => {
  test.each([
    'en="Applepie", da=:w4ZibGV0w6ZydGU=:',
    'a=?0, b, c; foo=bar',
    'rating=1.5, feelings=(joy sadness)',
    'a=(1 2), c=4;aa=bb, d=(5 6);valid',
    'a=1,    b=2\t,\tc=3',
    'a=1;b=2;c=3',
    'a=(),b=("x";y=1)',
    'key*._-0=tok/en:x',
  ])('is read: %s', input => {
    expect(ruleFor(input)).toBe('signature-label')
    expect(ruleFor(`${input}, hub=("@method")`)).toBeUndefined()
  })

  test.each([
    'a=1,',
    'a=1,,b=2',
    ',a=1',
    'A=1',
    '1a=1',
    'a =1',
    'a= 1',
    'a="x',
    'a="\\x"',
    'a="ñ"',
    'a=(1',
    'a=(1,2)',
    'a=1 b=2',
    'a=:AA==',
    'a=:A*:',
    'a=1000000000000000',
    'a=1.1234',
    'a=?2',
    'a=1;B',
    'a=%"%C3"',
  ])('is refused: %s', input => {
    expect(ruleFor(input)).toBe('signature-input-form')
  })
})
