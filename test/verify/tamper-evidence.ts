// Tampering by whoever has the log's own key: tree, tiles and signature are in order, and what the callers signed is
// not.
import type { Bench, Json } from './log-bench.ts'
import { signedEntries } from './signed-entries.ts'
import type { Row } from './tamper-note.ts'

/** Two plain reads by IGM. */
export const read = 150
const other = 160

export const entry =
  (place: number | ((bench: Bench) => number), change: (entry: Json, all: Json[]) => void) =>
  (bench: Bench) => {
    const all = bench.leaves().map(leaf => JSON.parse(String(leaf)) as Json)
    bench.text(
      typeof place === 'number' ? place : place(bench),
      now => {
        const value = JSON.parse(now) as Json
        change(value, all)
        return JSON.stringify(value)
      },
      'signature',
    )
  }
/** Another request in place of a plain read, signed by a key of the directory. */
export const asking =
  (asked: Parameters<ReturnType<typeof signedEntries>>[0]) =>
  (bench: Bench): void =>
    bench.text(read, signedEntries(bench, 'ed25519')(asked), 'signature')
/** The first entry that answers a question, of the log as it was before. */
export const firstOf =
  (fits: (entry: Json) => boolean) =>
  ({ untouched }: Bench): number =>
    untouched.findIndex(leaf => fits(JSON.parse(String(leaf)) as Json))
/** A submission, whose request has a digest. */
export const submission = firstOf(({ action }) => action === 'referral.submit')
const later = (time: string, seconds: number) =>
  new Date(Date.parse(time) + seconds * 1000).toISOString()
/** Another character in the first place: whatever was there, it is not what it was. */
const another = (text: string) => (text.startsWith('_') ? 'A' : '_') + text.slice(1)
const input = (from: string | RegExp, to: string) =>
  entry(read, ({ request }) => {
    request.signatureInput = request.signatureInput.replace(from, to)
  })

export const rows: Row[] = [
  [
    'a bit of a request’s signature',
    entry(
      read,
      ({ request }) =>
        (request.signature = request.signature.replace(
          /:(.)/,
          (_: string, c: string) => `:${c === 'A' ? 'B' : 'A'}`,
        )),
    ),
    'evidence-signature',
    read,
  ],
  [
    'another request’s signature',
    entry(read, ({ request }, all) => (request.signature = all[other]?.request.signature)),
    'evidence-signature',
    read,
  ],
  [
    'a covered value',
    entry(read, ({ request }) => (request.covered['@authority'] = 'other.example')),
    'evidence-signature',
    read,
  ],
  [
    'the query',
    entry(read, ({ request }) => (request.covered['@query'] = '?a=b')),
    'evidence-signature',
    read,
  ],
  [
    'the path',
    entry(read, ({ request }) => (request.path = '/v1/access-log')),
    'evidence-signature',
    read,
  ],
  [
    'the method',
    entry(read, ({ request }) => (request.method = 'POST')),
    'evidence-signature',
    read,
  ],
  [
    'the digest',
    entry(
      submission,
      ({ request }) =>
        (request.contentDigest = request.contentDigest.replace(
          /:(.)/,
          (_: string, c: string) => `:${c === 'A' ? 'B' : 'A'}`,
        )),
    ),
    'evidence-signature',
    submission,
  ],
  ['the nonce', input(/nonce="/, 'nonce="_'), 'evidence-signature', read],
  [
    'when it was made',
    entry(read, ({ request }) => {
      request.signatureInput = request.signatureInput.replace(
        /created=(\d+)/,
        (_: string, seconds: string) => `created=${Number(seconds) - 1}`,
      )
    }),
    'evidence-signature',
    read,
  ],
  [
    'the order of the components',
    input('"@method" "@authority"', '"@authority" "@method"'),
    'evidence-signature',
    read,
  ],
  ['an extra parameter', input(';tag=', ';more=1;tag='), 'evidence-signature', read],
  [
    'the signature is left out',
    entry(read, ({ request }) => delete request.signature),
    'evidence-missing',
    read,
  ],
  [
    'the signature’s input is left out',
    entry(read, ({ request }) => delete request.signatureInput),
    'evidence-missing',
    read,
  ],
  ['the input is garbled', input('("', '"'), 'evidence-malformed', read],
  [
    'the signature is garbled',
    entry(read, ({ request }) => (request.signature = 'hub=*')),
    'evidence-malformed',
    read,
  ],
  [
    'the signature is empty',
    entry(read, ({ request }) => (request.signature = 'hub=::')),
    'evidence-signature',
    read,
  ],
  ['the label is another', input(/^hub=/, 'other='), 'evidence-malformed', read],
  ['the tag is another protocol’s', input('"referral-hub"', '"other"'), 'evidence-malformed', read],
  ['there is no nonce', input(/;nonce="[^"]*"/, ''), 'evidence-malformed', read],
  ['a component has parameters', input('"@method"', '"@method";req'), 'evidence-malformed', read],
  [
    'a component stands twice',
    input('"@method"', '"@method" "@method"'),
    'evidence-malformed',
    read,
  ],
  [
    'another keyid signed',
    entry(read, ({ actor, request }) => {
      request.signatureInput = request.signatureInput.replace(actor.keyid, another(actor.keyid))
    }),
    'evidence-keyid',
    read,
  ],
  ['the path is not covered', input(' "@path"', ''), 'evidence-coverage', read],
  [
    'what a proxy may change is covered',
    input('"@path"', '"@path" "@scheme"'),
    'evidence-coverage',
    read,
  ],
  [
    'the digest is not covered',
    entry(read, ({ request }) => (request.contentDigest = 'sha-256=:AAAA:')),
    'evidence-coverage',
    read,
  ],
  [
    'the digest is left out',
    entry(submission, ({ request }) => delete request.contentDigest),
    'evidence-covered',
    submission,
  ],
  [
    'a value more is said to be covered',
    entry(read, ({ request }) => (request.covered.date = 'today')),
    'evidence-covered',
    read,
  ],
  [
    'a covered value is left out',
    entry(read, ({ request }) => delete request.covered['@query']),
    'evidence-covered',
    read,
  ],
  [
    'nothing says what was covered',
    entry(read, ({ request }) => delete request.covered),
    'evidence-covered',
    read,
  ],
  [
    'the entry is ten minutes younger than its signature',
    asking({ action: 'referral.list', path: '/v1/referrals', age: 600 }),
    'evidence-window',
    read,
  ],
  [
    'the entry is forty seconds older than its signature',
    entry(read, value => (value.time = later(value.time, -40))),
    'evidence-window',
    read,
  ],
  [
    'one signature stands behind two requests',
    entry(other, (value, all) => {
      const { request, actor } = all[read] as Json
      Object.assign(value, { actor, request: { ...request, id: value.request.id } })
    }),
    'evidence-reused',
    other,
  ],
  [
    'one request is on record in two ways',
    entry(other, (value, all) => (value.request.id = all[read]?.request.id)),
    'evidence-differs',
    other,
  ],
]
