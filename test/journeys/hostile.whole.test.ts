// Requests that no honest client sends. Whatever comes: a refusal of the catalogue, nothing repeated, nothing made, the
// hub still there.
import { gzipSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom, jsonValue, oneof } from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { problems } from '../../schemas/problem.ts'
import { Submission } from '../../schemas/referral.ts'
import { callerOf } from './callers.ts'
import { type RawAnswer, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const igm = await callerOf(hub, 'igm-system')
const canary = 'Zqcanary7193'
const newPerson = () =>
  submissionOf(1, {
    payload: { identity: { givenNames: [canary], alias: canary, originalScript: canary } },
  })
const person = newPerson()
const good = JSON.stringify(person)
/** Only the tests that say so may leave a referral behind. */
let made = 0

const answers: string[] = []
/** The code of a refusal; the answer's text is kept and looked through at the end. */
const codeOf = ({ status, json, text, headers }: RawAnswer) => {
  answers.push(`${text}\n${JSON.stringify([...headers])}`)
  return [status, json.code]
}
const malformed = [400, 'malformed-request']

afterAll(async () => {
  const { body } = await igm.listReferrals({ direction: 'sent', limit: 200 })
  expect(body.items.length).toBe(made)
  expect((await igm.health()).status).toBe(200)
})

describe('a body that is not well formed', () => {
  const insert = (text: string) => good.replace('{', `{${text},`)
  const bodies: Record<string, string | Uint8Array> = {
    'no JSON at all': canary,
    HTML: `<p>${canary}</p>`,
    'nothing but white space': '   ',
    'cut off in the middle': good.slice(0, good.length / 2),
    'cut off at the last byte': good.slice(0, -1),
    'followed by something': `${good}{}`,
    'with a comment': `${good.slice(0, -1)}/*x*/}`,
    'with a trailing comma': `${good.slice(0, -1)},}`,
    'with NaN': insert('"n":NaN'),
    'wrong UTF-8': Buffer.from(good.replace(canary, 'Jos\xe9')).map((b, i, all) =>
      b === 0xc3 && all[i + 1] === 0xa9 ? 0xff : b,
    ),
    'UTF-8 of a lone surrogate': Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    'overlong UTF-8': Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
    'UTF-16': Buffer.from(good, 'utf16le'),
    'a byte order mark': `\ufeff${good}`,
    'a member named twice': insert('"priority":"stat"'),
    'a member named twice, once escaped': insert('"p\\u0072iority":"stat"'),
    'a member named twice, deep inside': good.replace(
      '"identity":{',
      '"identity":{"birthDate":"1990",',
    ),
    'the prototype': insert('"__proto__":{"recipient":"ALA"}'),
    'the prototype, escaped and deep inside': good.replace(
      '"identity":{',
      '"identity":{"\\u005f_proto__":{},',
    ),
    'arrays a hundred thousand deep': '['.repeat(100_000) + ']'.repeat(100_000),
    'objects fifty thousand deep': '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000),
    'a depth that never ends': '['.repeat(100_000),
  }
  test.each(Object.keys(bodies))('is refused: %s', async name => {
    expect(codeOf(await submitRaw(hub, bodies[name]))).toEqual(malformed)
  })

  test('is refused with half a character in it (RFC 7493 §2.1): no two readers agree on what it says', async () => {
    const body = JSON.stringify(submissionOf(4)).replace('Prueba', 'Prueba\\ud83d')
    const answer = await submitRaw(hub, body)
    if (answer.status === 201) made += 1
    expect(codeOf(answer)).toEqual(malformed)
  })

  test('is refused on every route that takes one', async () => {
    for (const path of ['/v1/inbox/pull', '/v1/inbox/ack', '/v1/inbox/return'])
      expect(codeOf(await raw(hub, 'igm-system', { path, body: '{' }))).toEqual(malformed)
  })
})

const deep = (patch: object) => JSON.stringify(submissionOf(2, patch))
/** The good submission, with blanks after it up to so many bytes. */
const padded = (length: number) => good.padEnd(length + good.length - Buffer.byteLength(good))

describe('a body of the wrong kind', () => {
  test.each([
    ['an array', '[]', ''],
    ['a string', '"x"', ''],
    ['null', 'null', ''],
    ['a number too large for a number', '1e999', ''],
    ['an empty object', '{}', '/externalId'],
    ['an unknown member', deep({ [canary]: 1 }), ''],
    ['an unknown member of the consent', deep({ consent: { [canary]: 1 } }), '/consent'],
    ['an unknown member of the notice', deep({ consent: { notice: { a: 1 } } }), '/consent/notice'],
    [
      'an unknown member of the person',
      deep({ payload: { identity: { [canary]: '' } } }),
      '/payload/identity',
    ],
    ['a prototype to pollute', deep({ constructor: { prototype: { a: 1 } } }), ''],
  ])('is refused at the place that is wrong: %s', async (_, body, pointer) => {
    const answer = await submitRaw(hub, body)
    expect(codeOf(answer)).toEqual([422, 'invalid-request'])
    expect(answer.json.errors?.map(error => error.pointer)).toContain(pointer)
  })

  test('of another media type or with a content encoding is not looked into', async () => {
    const send = async (headers: Record<string, string>, body: string | Uint8Array = good) =>
      codeOf(await submitRaw(hub, body, { headers }))
    const unsupported = [415, 'unsupported-media-type']
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1', 'a'])
      expect(await send({ 'content-type': type })).toEqual(unsupported)
    expect(await send({ 'content-encoding': 'gzip' }, gzipSync(good))).toEqual(unsupported)
    expect(await send({ 'content-encoding': 'identity' })).toEqual(unsupported)
  })

  test('may be 262144 bytes, and not one more', async () => {
    expect(Buffer.byteLength(padded(262_144))).toBe(262_144)
    expect(codeOf(await submitRaw(hub, padded(262_145)))).toEqual([413, 'body-too-large'])
    const { status } = await submitRaw(hub, padded(262_144))
    made += 1
    expect(status).toBe(201)
  })
})

type Path = (string | number)[]
const leavesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) =>
        leavesOf(inner, [...path, Array.isArray(value) ? Number(name) : name]),
      )
    : [path]
const replaced = (value: unknown, [step, ...rest]: Path, leaf: unknown): unknown => {
  if (step === undefined) return leaf
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as never
  copy[step as never] = replaced((value as never)[step as never], rest, leaf) as never
  return copy
}

test('one leaf of another kind is never accepted unless the whole is still valid, and never a fault', async () => {
  const leaf = oneof(
    jsonValue({ maxDepth: 2 }),
    constantFrom(
      null,
      true,
      0,
      -1,
      1e308,
      '',
      canary,
      '\u0000',
      '\ud800',
      [],
      {},
      [[]],
      'x'.repeat(70_000),
    ),
  )
  await assert(
    asyncProperty(constantFrom(...leavesOf(person)), leaf, async (path, value) => {
      const body = JSON.stringify(replaced(newPerson(), path, value))
      const answer = await submitRaw(hub, body)
      const [status] = codeOf(answer)
      if (status === 201) made += 1
      const valid = Submission.safeParse(JSON.parse(body)).success
      if (status === 201) expect(valid).toBe(true)
      if (!valid) expect(answer.json.code).toMatch(/^(invalid-request|malformed-request)$/)
      expect(Object.keys(problems).concat('201')).toContain(answer.json.code ?? String(status))
      expect(status).toBeLessThan(500)
    }),
    { seed: 20261121, numRuns: 160 },
  )
})

test('no answer repeats what was sent, or shows what the hub is made of', () => {
  expect(answers.length).toBeGreaterThan(200)
  const shown = new RegExp(
    `${canary}|PRUEBA|\\bat .*:\\d+:\\d+|node_modules|\\.ts\\b|/functions/|Error:|dynamo|zod`,
    'i',
  )
  for (const text of answers.filter(each => !each.includes('"folio"')))
    expect(text).not.toMatch(shown)
})
