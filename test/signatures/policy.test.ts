// What a signature must cover and state: what else is accepted, then every rule broken, one named row each with its
// code. None of these requests has a key looked up: the cheap rules come first.
import { describe, expect, test } from 'vitest'
import {
  type Change,
  covering,
  drafted,
  get,
  judge,
  times,
  withParameters,
  without,
} from './judging.ts'
import { covered, digestOf, draft, signed } from './signing.ts'

describe('what else is accepted', () => {
  const rows: [string, Change][] = [
    ['a reading request without a body', get],
    [
      'a query',
      given => ({
        ...get(given),
        query: 'direction=sent&updatedSince=2026-11-21T12%3A00%3A00.000Z',
      }),
    ],
    ['no alg: the key says it', without('alg')],
    [
      'no Idempotency-Key',
      given => ({
        headers: { 'content-type': 'application/json', 'content-digest': digestOf(given.body) },
        components: given.components.slice(0, 6),
      }),
    ],
    ['its components in another order', covering(list => list.toReversed())],
    [
      'more components than asked for',
      given => ({
        headers: { ...given.headers, date: 'x' },
        components: [...given.components, '"date"'],
      }),
    ],
    [
      'thirty-two components',
      given => {
        const names = Array.from({ length: 25 }, (_, n) => `x-${n}`)
        return {
          headers: { ...given.headers, ...Object.fromEntries(names.map(name => [name, ''])) },
          components: [...given.components, ...names.map(name => `"${name}"`)],
        }
      },
    ],
    [
      'SHA-512',
      given => ({
        headers: { ...given.headers, 'content-digest': digestOf(given.body, 'sha-512') },
      }),
    ],
    [
      'both digests',
      given => ({
        headers: {
          ...given.headers,
          'content-digest': `${digestOf(given.body)}, ${digestOf(given.body, 'sha-512')}`,
        },
      }),
    ],
    [
      'a digest that nobody knows beside one',
      given => ({
        headers: {
          ...given.headers,
          'content-digest': `${digestOf(given.body)}, crc32c=:AAAAAA==:`,
        },
      }),
    ],
    ['a nonce of 22 characters', withParameters({ nonce: '"aaaaaaaaaaaaaaaaaaaa-_"' })],
    ['a nonce of 128 characters', withParameters({ nonce: `"${'a'.repeat(128)}"` })],
    ['a parameter that nobody asked for', withParameters({ extra: '1' })],
    ['created 30 seconds ahead', times(30, 330)],
    ['created 300 seconds ago and good to this very second', times(-300, 0)],
    ['a life of one second', times(0, 1)],
    ['a life of 300 seconds', times(-1, 299)],
  ]
  test.each(rows)('%s', async (_, change) => {
    expect(await judge(signed(drafted(change)))).toMatchObject({ outcome: 'accepted', lookups: 1 })
  })

  test('whatever the Host header says: the authority is the configured one', async () => {
    const request = signed(draft())
    const headers = { ...request.headers, host: 'evil.example' }
    expect(await judge({ ...request, headers })).toMatchObject({ outcome: 'accepted' })
  })

  test('up to three signatures of others beside ours', async () => {
    const { headers, ...request } = signed(draft())
    const beside = (count: number) => {
      const labels = Array.from({ length: count }, (_, i) => `proxy${i}`)
      return {
        ...request,
        headers: {
          ...headers,
          'signature-input': [
            ...labels.map(one => `${one}=("@method")`),
            headers['signature-input'],
          ].join(', '),
          signature: [...labels.map(one => `${one}=:AA==:`), headers.signature].join(', '),
        },
      }
    }
    expect(await judge(beside(3))).toMatchObject({ outcome: 'accepted' })
    expect(await judge(beside(4))).toEqual({ outcome: 'malformed-request', lookups: 0 })
  })
})

describe('refused by what is signed, without looking up a key', () => {
  const rows: [string, string, Change][] = [
    ['with another label than hub', 'signature-missing', () => ({ label: 'sig1' })],
    ...covered.map((name): [string, string, Change] => [
      `without covering ${name}`,
      'signature-incomplete',
      covering(list => list.filter(one => one !== `"${name}"`)),
    ]),
    ['covering nothing', 'signature-incomplete', () => ({ components: [] })],
    [
      'covering a header that is not there',
      'signature-incomplete',
      covering(list => [...list, '"x-none"']),
    ],
    [
      'covering a digest that is not there',
      'signature-incomplete',
      () => ({
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'key-of-sixteen-characters',
        },
      }),
    ],
    ...covered.map((name): [string, string, Change] => [
      `covering ${name} twice`,
      'signature-invalid',
      covering(list => [...list, `"${name}"`]),
    ]),
    ...[
      ['content-digest', 'key="sha-256"'],
      ['content-digest', 'req'],
      ['content-type', 'sf'],
      ['content-type', 'bs'],
      ['content-type', 'tr'],
      ['@method', 'req'],
    ].map(([name, parameter]): [string, string, Change] => [
      `covering "${name}";${parameter} instead of the bare component`,
      'signature-invalid',
      covering(list => list.map(one => (one === `"${name}"` ? `"${name}";${parameter}` : one))),
    ]),
    [
      'covering a member of a header beside it',
      'signature-invalid',
      covering(list => [...list, '"content-digest";key="sha-256"']),
    ],
    [
      'covering a single query parameter',
      'signature-invalid',
      covering(list => [...list, '"@query-param";name="a"']),
    ],
    [
      'covering a derived component that nobody knows',
      'signature-invalid',
      covering(list => [...list, '"@body"']),
    ],
    [
      'covering the status of a response',
      'signature-invalid',
      covering(list => [...list, '"@status"']),
    ],
    [
      'covering a component in capitals',
      'signature-invalid',
      covering(list => list.map(one => one.replace('content-type', 'Content-Type'))),
    ],
  ]
  test.each(rows)('%s: %s', async (_, code, change) => {
    expect(await judge(signed(drafted(change)))).toEqual({ outcome: code, lookups: 0 })
  })
})
