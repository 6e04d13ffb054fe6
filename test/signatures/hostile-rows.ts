// Requests that must be refused: what is wrong, with which code, how often a key is looked up before that is seen, and
// the request. Here by their form, their size, and what their signature covers; stated-rows.ts and forged-rows.ts have
// the others.
import type { Change } from './judging.ts'
import { covering, drafted, get } from './judging.ts'
import { draft, seconds, signed } from './signing.ts'
import { type Event, eventOf } from '../functions/http/stack.ts'

export type Hostile = { name: string; code: string; lookups: 0 | 1; event: () => Event }

/** Signed as a good client would, but something else. */
export const stating = (
  name: string,
  code: string,
  change: Change,
  lookups: 0 | 1 = 0,
): Hostile => ({
  name,
  code,
  lookups,
  event: () => eventOf(signed(drafted(change))),
})

/** Signed well, then changed on its way. */
export const altered = (
  name: string,
  code: string,
  change: (event: Event) => void,
  lookups: 0 | 1 = 0,
  of = () => eventOf(signed(draft())),
): Hostile => ({
  name,
  code,
  lookups,
  event: () => {
    const event = of()
    change(event)
    return event
  },
})

const header = (name: string, change: (value: string) => string) => (event: Event) => {
  event.headers[name] = change(event.headers[name] ?? '')
}
const both =
  (change: (value: string, name: 'signature' | 'signature-input') => string) => (event: Event) => {
    for (const name of ['signature', 'signature-input'] as const)
      header(name, value => change(value, name))(event)
  }
const [missing, invalid, incomplete] = [
  'signature-missing',
  'signature-invalid',
  'signature-incomplete',
]
const [malformed, large] = ['malformed-request', 'body-too-large']
const others = (count: number) => (value: string, name: string) =>
  Array.from({ length: count }, (_, n) => `p${n}=${name === 'signature' ? ':AA==:' : '("@path")'}`)
    .concat(value)
    .join(', ')
const raw = (given: Buffer) => given.toString('base64')

const form: Hostile[] = [
  altered(
    'no signature',
    missing,
    both(() => ''),
  ),
  altered(
    'no Signature',
    missing,
    header('signature', () => ''),
  ),
  altered(
    'no Signature-Input',
    missing,
    header('signature-input', () => ''),
  ),
  stating('another label', missing, () => ({ label: 'sig1' })),
  altered(
    'the label of Signature alone is another',
    missing,
    header('signature', value => value.replace('hub=', 'sig1=')),
  ),
  altered(
    'a label in capitals',
    invalid,
    both(value => value.replace('hub=', 'HUB=')),
  ),
  altered(
    'two signatures labelled hub, as a proxy joins two fields',
    malformed,
    both(value => `${value},${value}`),
  ),
  altered(
    'two inputs labelled hub',
    malformed,
    header('signature-input', value => `${value}, ${value}`),
  ),
  altered('five signatures', malformed, both(others(4))),
  altered('four hundred signatures', malformed, both(others(400))),
  stating('thirty-three components', malformed, given => ({
    components: [...given.components, ...Array.from({ length: 26 }, (_, n) => `"x-${n}"`)],
  })),
  altered(
    'another signature of two thousand components',
    malformed,
    header('signature-input', value => `p=(${'"a" '.repeat(2000)}), ${value}`),
  ),
  altered(
    'Signature-Input that is no dictionary',
    invalid,
    header('signature-input', () => '("@method")'),
  ),
  altered(
    'Signature-Input that is no list',
    invalid,
    header('signature-input', () => 'hub="@method"'),
  ),
  altered(
    'Signature as text',
    invalid,
    header('signature', value => value.replaceAll(':', '"')),
  ),
  altered(
    'Signature that is not base64',
    invalid,
    header('signature', () => 'hub=:!!!!:'),
  ),
  altered(
    'Signature with a parameter',
    invalid,
    header('signature', value => `${value};alg="ed25519"`),
  ),
  altered(
    'a parameter twice',
    invalid,
    header('signature-input', value => `${value};created=${seconds}`),
  ),
  altered(
    'bytes beyond ASCII in Signature-Input',
    invalid,
    header('signature-input', value => `${value};x="ñ"`),
  ),
  altered(
    'a line break in a covered field',
    invalid,
    header('content-type', value => `${value}\n"@method": GET`),
  ),
]

const size: Hostile[] = [
  altered('a hundred and one header fields', malformed, ({ headers }) => {
    for (let n = Object.keys(headers).length; n < 101; n++) headers[`x-${n}`] = ''
  }),
  altered(
    '16 KiB of headers',
    malformed,
    header('x-long', () => 'x'.repeat(16_384)),
  ),
  altered(
    'a header twice, in two spellings',
    malformed,
    ({ headers }) => (headers['Content-Type'] = 'text/plain'),
  ),
  altered('a query of 8 kB', malformed, event => (event.rawQueryString = 'a'.repeat(8000))),
  altered('a path of 8 kB', malformed, event => (event.rawPath = `/${'a'.repeat(8000)}`)),
  // oxfmt-ignore
  ...['/v1/%2e%2e/health', '/v1/referrals%00', '/v1/ref errals', '/v1/a;b', '/v1/../referrals', '/v1/referrals.',
    '/v1/ñ', 'v1/referrals', '', '/v1/inbox/pull', '/v1/referrals/', '/v1/referrals/x',
  ].map(path => altered(`the path “${path}”`, malformed, event => (event.rawPath = path))),
  altered('a body of 256 KiB and a byte', large, event => (event.body = ' '.repeat(262_145))),
  altered('the same in base64', large, event => {
    event.isBase64Encoded = true
    event.body = raw(Buffer.alloc(262_145, ' '))
  }),
  altered('5 MiB in base64', large, event => {
    event.isBase64Encoded = true
    event.body = 'A'.repeat(5_242_880)
  }),
]

const covered = draft().components.map(one => one.slice(1, -1))
const instead = (from: string, to: string) =>
  covering(list => list.map(one => (one === from ? to : one)))
const coverage: Hostile[] = [
  ...covered.map(name =>
    stating(
      `${name} not covered`,
      incomplete,
      covering(list => list.filter(one => one !== `"${name}"`)),
    ),
  ),
  stating('nothing covered', incomplete, () => ({ components: [] })),
  stating(
    'a component twice',
    invalid,
    covering(list => [...list, '"@path"']),
  ),
  ...['sf', 'bs', 'tr', 'req', 'key="sha-256"', 'x'].map(parameter =>
    stating(
      `content-digest;${parameter}`,
      invalid,
      instead('"content-digest"', `"content-digest";${parameter}`),
    ),
  ),
  ...['@target-uri', '@request-target', '@scheme', '@status', '@body', '@query-param'].map(name =>
    stating(
      `${name} covered`,
      invalid,
      covering(list => [...list, `"${name}"`]),
    ),
  ),
  stating(
    '@target-uri instead of its parts',
    incomplete,
    covering(list => [
      '"@target-uri"',
      ...list.filter(one => !/@(path|query|authority)/.test(one)),
    ]),
  ),
  stating(
    'a covered field that is not there',
    incomplete,
    covering(list => [...list, '"x-none"']),
  ),
  stating('a component in capitals', invalid, instead('"content-type"', '"Content-Type"')),
  stating('a component that is a token', invalid, instead('"content-type"', 'content-type')),
  altered(
    'an Idempotency-Key slipped in',
    incomplete,
    header('idempotency-key', () => 'key-of-sixteen-characters'),
    0,
    () => eventOf(signed(drafted(get))),
  ),
  altered(
    'a body slipped in',
    incomplete,
    event => (event.body = '{}'),
    0,
    () => eventOf(signed(drafted(get))),
  ),
]

export const byForm: Hostile[] = [...form, ...size, ...coverage]
