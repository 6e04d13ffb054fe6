// What is no checkpoint of this log, no cosignature of the caller's, or too late: refused one by one, and nothing of it
// is kept. What only the log's own key can have made is told to the operators with all that proves it.
import { expect, test } from 'vitest'
import { hubClient } from '../../client/hub-client.ts'
import { type PrivateJwk, hubKey, newKey, parsePrivateJwk } from '../../signatures/keys.ts'
import { awsClients } from './aws-clients.ts'
import { type Who, callerOf, hubFileOf, hubNow, refusalOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { cosignature, cosignedBy, forgedByLog, jwkOf, keyidOf, secondsNow } from './cosigning.ts'
import { bare, logLineOf, nameOf, origin, sizeOf, textOf } from './checkpoint-notes.ts'
import { accepted, checkpointOf, logKeyOf, offer, path, refused, tablesOf } from './offering.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const { dynamodb, kms } = awsClients(hub.hub)
const { rowsOf, enrolled } = tablesOf(hub, dynamodb)
// The log has something in it.
for (let n = 0; n < 3; n++) await raw(hub, 'igm-liaison', { path: '/v1/referrals' })

const note = await checkpointOf(hub)
const logKey = await logKeyOf(hub)
const jwk = jwkOf(hub, 'igm-liaison')
const foreign = jwkOf(hub, 'ala-liaison')
const [text, time] = [textOf(note), secondsNow(hub)]
const lineOf = (more: Partial<Parameters<typeof cosignature>[1]>, over = text) =>
  cosignature(over, { jwk, time: secondsNow(hub), ...more })
const bySomebody = { keyid: keyidOf(hub, 'ala-liaison'), jwk: foreign }
const otherRoot = text.replace(/\n[^\n]+\n$/, `\n${Buffer.alloc(32, 9).toString('base64')}\n`)
const ahead = text.replace(/\n\d+\n/, '\n100000\n')
const strangers = (over: string) =>
  `${over}\n${cosignature(over, { jwk: foreign, name: origin, time, type: 1 })}`
const byLog = (over: string) => forgedByLog(hub, kms, logKey, over)

const rows: [string, () => Promise<string> | string, string][] = [
  ['no note', () => 'none', 'invalid-request'],
  [
    'a checkpoint with an extension line',
    () => note.replace('\n\n', '\nmore\n\n'),
    'invalid-request',
  ],
  [
    'a checkpoint without the log’s signature',
    () => `${text}\n${lineOf({})}`,
    'checkpoint-not-ours',
  ],
  [
    'a checkpoint whose text was changed',
    () => bare(note).replace(/\n\d+\n/, '\n1\n') + lineOf({}, text.replace(/\n\d+\n/, '\n1\n')),
    'checkpoint-not-ours',
  ],
  [
    'a checkpoint of another origin',
    async () => {
      const other = text.replace('access-log', 'other-log')
      return (await byLog(other)) + lineOf({}, other)
    },
    'checkpoint-not-ours',
  ],
  [
    'a fork that a stranger signed',
    () => strangers(otherRoot) + lineOf({}, otherRoot),
    'checkpoint-not-ours',
  ],
  [
    'a size ahead of the log that a stranger signed',
    () => strangers(ahead) + lineOf({}, ahead),
    'checkpoint-not-ours',
  ],
  [
    'a fork that the log’s own key signed',
    async () => (await byLog(otherRoot)) + lineOf({}, otherRoot),
    'checkpoint-inconsistent',
  ],
  [
    'a size ahead of the log that the log’s own key signed',
    async () => (await byLog(ahead)) + lineOf({}, ahead),
    'checkpoint-inconsistent',
  ],
  ['no cosignature at all', () => bare(note), 'cosignature-invalid'],
  [
    'a cosignature of another key',
    () => bare(note) + lineOf({ jwk: foreign }),
    'cosignature-invalid',
  ],
  [
    'another key’s cosignature under the key’s ID',
    () => bare(note) + lineOf({ jwk: foreign, as: jwk }),
    'cosignature-invalid',
  ],
  [
    'another institution’s name',
    () => bare(note) + lineOf({ name: nameOf('ALA') }),
    'cosignature-invalid',
  ],
  ['another type byte', () => bare(note) + lineOf({ type: 1 }), 'cosignature-invalid'],
  [
    'a cosignature of another text',
    () => bare(note) + lineOf({}, otherRoot),
    'cosignature-invalid',
  ],
  [
    'two cosignatures of the caller',
    () => bare(note) + lineOf({}) + lineOf({ time: secondsNow(hub) - 1 }),
    'cosignature-invalid',
  ],
  ['a stale time', () => bare(note) + lineOf({ time: secondsNow(hub) - 310 }), 'cosignature-time'],
  ['a time ahead', () => bare(note) + lineOf({ time: secondsNow(hub) + 60 }), 'cosignature-time'],
]

test.each(rows)('is refused: %s', async (_, make, code) => {
  const before = await Promise.all([rowsOf('cosigned'), rowsOf('cosigned#IGM')])
  const lines = hub.lines.length
  const checkpoint = await make()
  const answer = await offer(hub, 'igm-liaison', checkpoint)
  expect(answer.json.code).toBe(code)
  expect(await Promise.all([rowsOf('cosigned'), rowsOf('cosigned#IGM')])).toEqual(before)
  const reports = hub.lines.slice(lines).filter(line => line.includes('"checkpoint-inconsistent"'))
  const found = reports.map(line => JSON.parse(line.slice(line.indexOf('{'))) as object)
  if (code === 'checkpoint-inconsistent')
    // With all that proves it: size, root and the log's own line.
    expect(found).toContainEqual(
      expect.objectContaining({
        level: 'error',
        size: sizeOf(checkpoint),
        root: checkpoint.split('\n')[2],
        signature: logLineOf(checkpoint).trimEnd(),
      }),
    )
  else expect(found.filter(one => 'root' in one)).toEqual([])
  const officer = await callerOf(hub, 'igm-compliance')
  const { items } = (await officer.accessLog({ action: 'access-log.cosign', limit: 5 })).body
  expect(items.find(({ request }) => request.id === answer.json['instance'])).toMatchObject({
    outcome: 'denied',
    code,
  })
})

test('is refused: an older checkpoint after a newer one, though its cosignature is good', async () => {
  const newer = await checkpointOf(hub)
  expect(sizeOf(newer)).toBeGreaterThan(sizeOf(note))
  accepted(await offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', newer)))
  expect(refused(await offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', note)))).toEqual([
    409,
    'checkpoint-older',
  ])
})

test('is refused: a larger checkpoint under an earlier time', async () => {
  const one = await checkpointOf(hub)
  const at = secondsNow(hub)
  accepted(await offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', one, at)))
  const two = await checkpointOf(hub)
  expect(
    refused(await offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', two, at - 5))),
  ).toEqual([422, 'cosignature-time'])
})

test('is refused: a body with a member too many, too long, or none', async () => {
  const bodies = [{ checkpoint: note, more: 1 }, { checkpoint: 'x'.repeat(8193) }, {}]
  for (const body of bodies) {
    const headers = { 'idempotency-key': idempotencyKey() }
    const answer = await raw(hub, 'igm-liaison', { path, body: JSON.stringify(body), headers })
    expect(refused(answer)).toEqual([422, 'invalid-request'])
  }
  const keyless = await raw(hub, 'igm-liaison', {
    path,
    body: JSON.stringify({ checkpoint: note }),
  })
  expect(refused(keyless)).toEqual([400, 'idempotency-key-missing'])
})

const offeredBy = (who: Who, key: PrivateJwk, code: string) => {
  const line = cosignature(text, { jwk: key, name: nameOf(code), time: secondsNow(hub) })
  return offer(hub, who, bare(note) + line)
}

test('is refused: whoever is no liaison of a party, whatever they sign', async () => {
  const outsider = await enrolled('XXX', await newKey())
  for (const [who, code] of [
    ['igm-compliance', 'IGM'],
    ['igm-system', 'IGM'],
    ['ala-system', 'ALA'],
    ['stranger', 'XXX'],
  ] as const)
    expect(refused(await offeredBy(who, jwkOf(hub, who), code))).toEqual([403, 'forbidden'])
  expect(refused(await offeredBy(outsider, outsider.jwk, 'XXX'))).toEqual([403, 'forbidden'])
  // A liaison with the cosignature of another institution's liaison.
  expect(refused(await offeredBy('igm-liaison', bySomebody.jwk, 'ALA'))).toEqual([
    422,
    'cosignature-invalid',
  ])
})

test('is refused: a key that is not Ed25519, before anything else is asked', async () => {
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const exported = await crypto.subtle.exportKey('jwk', made.privateKey)
  const key = await hubKey(parsePrivateJwk(exported))
  await enrolled('IGM', key)
  const { url, authority } = hubFileOf(hub)
  const client = hubClient({ url, authority, key, retries: 0, now: () => hubNow(hub) })
  const call = client.request('POST', path, {
    body: { checkpoint: bare(note) },
    idempotencyKey: idempotencyKey(),
  })
  expect(await refusalOf(call)).toMatchObject({ status: 422, code: 'cosigner-key-unsuitable' })
})
