// A good request, changed somewhere by chance, five thousand times and more: what is accepted says the very same as the
// original, and everything else is a refusal of the catalogue, never a fault.
import { Refused } from '../../events/refusal.ts'
import { SignatureRefused } from '../../signatures/refusal.ts'
import * as fc from 'fast-check'
import { parseDictionary, serializeInnerList, type InnerList } from 'structured-headers'
import { expect, test } from 'vitest'
import { type RawRequest, readRequest } from '../../functions/http/request.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import { Algorithm } from '../../schemas/agreement.ts'
import { problems } from '../../schemas/problem.ts'
import { directory } from './judging.ts'
import { authority, draft, now, seconds, signed } from './signing.ts'
import { type Event, eventOf } from '../functions/http/stack.ts'

const goods = Algorithm.options.flatMap(alg =>
  [false, true].map(base64 =>
    eventOf(signed({ ...draft(alg), query: 'direction=sent&limit=5' }), { base64 }),
  ),
)

/**
 * All that a signature stands for, by other means than the hub's: two requests with the same are the same to everybody.
 */
const meaning = ({ method, path, query, headers, body }: RawRequest): string => {
  const input = parseDictionary(headers['signature-input'] ?? '').get('hub') as InnerList
  const bytes = parseDictionary(headers['signature'] ?? '').get('hub')?.[0] as ArrayBuffer
  const fields = input[0]
    .map(([name]) => name as string)
    .filter(name => !name.startsWith('@'))
    .map(name => [name, headers[name]?.trim()])
  return JSON.stringify([
    method,
    path,
    query,
    body.toString('hex'),
    fields,
    serializeInnerList(input),
    Buffer.from(bytes).toString('hex'),
  ])
}

const outcomeOf = async (event: Event) => {
  try {
    const request = readRequest(event)
    await verifyRequest(request, {
      authority,
      now,
      findKey: async keyid => directory.find(key => key.keyid === keyid),
    })
    return { code: 'accepted', meaning: meaning(request) }
  } catch (error) {
    if (!(error instanceof SignatureRefused || error instanceof Refused)) throw error
    return { code: error.code, meaning: undefined }
  }
}

/** A text changed in one place: a character exchanged, left out, put in, doubled; cut, turned round, or in capitals. */
const changed = (text: string, { at, how, with: put }: Change): string => {
  const place = text.length === 0 ? 0 : at % text.length
  const [before, here, after] = [
    text.slice(0, place),
    text.slice(place, place + 1),
    text.slice(place + 1),
  ]
  const other = here === here.toUpperCase() ? here.toLowerCase() : here.toUpperCase()
  const results: Record<(typeof hows)[number], string> = {
    exchange: before + put + after,
    'leave out': before + after,
    'put in': before + put + here + after,
    double: `${text},${text}`,
    cut: before,
    turn: after + here + before,
    capitals: before + other + after,
    blank: ` ${text}\t`,
  }
  return results[how]
}

const hows = [
  'exchange',
  'leave out',
  'put in',
  'double',
  'cut',
  'turn',
  'capitals',
  'blank',
] as const
type Change = { where: string; at: number; how: (typeof hows)[number]; with: string }
const fields = Object.keys(goods[0]?.headers ?? {})
const places = [
  'method',
  'path',
  'query',
  'body',
  'encoding',
  ...fields,
  ...fields,
  'x-other',
  'move',
  'parameter',
  'component',
]
const change: fc.Arbitrary<Change> = fc.record({
  where: fc.constantFrom(...places),
  at: fc.nat(2000),
  how: fc.constantFrom(...hows),
  with: fc.oneof(
    fc.string({ minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      '"',
      ';',
      ':',
      '=',
      '(',
      ')',
      ',',
      ' ',
      '\n',
      '\0',
      'ñ',
      '%',
      '1',
      'A',
      '-',
      '_',
    ),
  ),
})
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T
const statements = [
  `created=${seconds - 1}`,
  `expires=${seconds + 200}`,
  'nonce="aaaaaaaaaaaaaaaaaaaaaa"',
  'alg="ed25519"',
  'tag="x"',
  'x=1',
  'created',
]

const applied = (good: Event, list: readonly Change[]): Event => {
  const event = structuredClone(good)
  for (const one of list) {
    const { where, at } = one
    const { headers } = event
    const input = headers['signature-input'] ?? ''
    if (where === 'method')
      event.requestContext.http.method = changed(event.requestContext.http.method, one)
    else if (where === 'path') event.rawPath = changed(event.rawPath, one)
    else if (where === 'query') event.rawQueryString = changed(event.rawQueryString, one)
    else if (where === 'body') event.body = changed(event.body ?? '', one)
    else if (where === 'encoding') event.isBase64Encoded = !event.isBase64Encoded
    else if (where === 'move') headers[pick(fields, at)] = headers[pick(fields, at >> 4)] ?? ''
    else if (where === 'parameter') headers['signature-input'] = `${input};${pick(statements, at)}`
    else if (where === 'component')
      headers['signature-input'] = input.replace(
        /"[^"]*" ?/,
        one.how === 'cut' ? '' : `${one.with}"@path" `,
      )
    else if (one.how === 'cut') delete headers[where]
    else headers[where] = changed(headers[where] ?? '', one)
  }
  return event
}

test(
  'of six thousand changed requests none is accepted unless it says the same, and none is a fault',
  { timeout: 60_000 },
  async () => {
    const originals = new Map<Event, string>()
    for (const good of goods) {
      const { code, meaning: said } = await outcomeOf(good)
      expect(code).toBe('accepted')
      originals.set(good, said as string)
    }
    const seen: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...goods),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (good, list) => {
          const { code, meaning: said } = await outcomeOf(applied(good, list))
          seen[code] = (seen[code] ?? 0) + 1
          if (code === 'accepted') expect(said).toBe(originals.get(good))
          else expect(problems[code as keyof typeof problems].status).toBeLessThan(500)
        },
      ),
      { seed: 9421, numRuns: 6000 },
    )
    // The changes reach everything: a request whose signature alone tells that it was changed, and one that is the same
    // although it was.
    for (const code of [
      'accepted',
      'malformed-request',
      'signature-missing',
      'signature-invalid',
      'signature-incomplete',
      'digest-mismatch',
      'key-unknown',
    ])
      expect(seen[code], code).toBeGreaterThan(20)
  },
)
