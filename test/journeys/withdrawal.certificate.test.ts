// The certificate of destruction: given only after one, to the parties only, and it says what happened and no more.
import { createHash } from 'node:crypto'
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { KeptLeaf } from '../../functions/aws/access-log/kept-leaf.ts'
import { Certificate } from '../../schemas/certificate.ts'
import { callerOf, hubNow, refusalOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { rowsOf } from './drill.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { readCheckpoint, readVerifier } from './tlog-reader.ts'

const hub = await emptyHub()
const { igm, ala, acknowledged, submitted } = await stagesOf(hub)
const parties = await Promise.all(
  (['igm-system', 'igm-liaison', 'igm-compliance', 'ala-system', 'ala-liaison'] as const).map(
    name => callerOf(hub, name),
  ),
)

const referral = await acknowledged(1)
const { referralId, consentId, folio } = referral
const wrapped = (await rowsOf(hub.hub, 'ReferralKeys')).find(
  row => row['referralId']?.S === referralId,
)?.['wrapped']?.B as Uint8Array
const refusedBefore = await refusalOf(igm.certificate(consentId))
await withdraw(hub, igm, consentId)

const page = (language?: string) =>
  raw(hub, 'ala-liaison', {
    path: `/v1/consents/${consentId}/certificate`,
    headers: { accept: 'text/html', ...(language ? { 'accept-language': language } : {}) },
  })

/** Text of a page without its tags, entities resolved. Throws where an element is not closed, or closed by another. */
const textOf = (html: string): string => {
  const open: string[] = []
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*>/gi)) {
    if (closing) expect(open.pop()).toBe(name)
    else if (!['meta', 'br'].includes(name)) open.push(name)
  }
  expect(open).toEqual([])
  return html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
}

/** The clock of whoever reads it: Guatemala is six hours behind UTC all year. */
const localTime = (instant: string) =>
  new Date(Date.parse(instant) - 6 * 3_600_000).toISOString().slice(11, 19)

describe('a certificate', () => {
  test('is not given while nothing was destroyed, not even for an expired or a cancelled one', async () => {
    expect([refusedBefore.status, refusedBefore.code]).toEqual([409, 'nothing-destroyed'])
    const other = await submitted(2)
    const cancelled = { status: 'cancelled', reason: 'declined-by-person' } as const
    await igm.changeStatus(other.referralId, cancelled, '"1"')
    expect((await refusalOf(igm.certificate(other.consentId))).code).toBe('nothing-destroyed')
  })

  test('says what was destroyed, when, by whose request, what remains and why', async () => {
    const { body } = await igm.certificate(consentId)
    expect(Certificate.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      consentId,
      referralId,
      folio,
      agreementId: 'igm-ala-2026',
      cause: 'withdrawal',
      requestedBy: { institution: 'IGM', capacity: 'self' },
      deletion: 'requested',
    })
    const view = (await igm.getConsent(consentId)).body
    const { at = '' } = view.events.find(({ event }) => event === 'withdrawn') ?? {}
    expect(Math.abs(Date.parse(body.destroyedAt) - Date.parse(at))).toBeLessThan(1000)
    expect(body.destroyed.map(({ digest }) => digest)).toEqual([
      createHash('sha256').update(wrapped).digest('hex'),
      expect.stringMatching(/^[0-9a-f]{64}$/),
      undefined,
    ])
    expect(body.remains.length).toBe(4)
    expect(body.remains.every(({ why }) => why.es !== '' && why.en !== '')).toBe(true)
    expect(body).not.toHaveProperty('deletionConfirmedAt')
  })

  test('names entries of the access log by the places they have there', async () => {
    const { logEntries, destroyed, checkpoint } = (await ala.certificate(consentId)).body
    const officer = await callerOf(hub, 'ala-compliance')
    const { items } = (await officer.accessLog({ referralId, limit: 200 })).body
    expect(logEntries.map(({ action }) => action)).toEqual([
      'referral.submit',
      'referral.release',
      'consent.withdraw',
    ])
    for (const { index, id, action, time } of logEntries) {
      expect(index).toBeTypeOf('number')
      expect(items.find(item => item.index === index)).toMatchObject({ id, action, time })
    }
    // Under the log's own signature, with a tree that has them all.
    const vkey = await raw(hub, 'ala-compliance', { path: '/v1/access-log/public-key' })
    const { size } = readCheckpoint(checkpoint ?? '', readVerifier(vkey.text))
    expect(size).toBeGreaterThan(Math.max(...logEntries.map(({ index = Infinity }) => index)))
    const submission = items.find(({ action }) => action === 'referral.submit')
    expect(destroyed[1]?.digest).toBe(submission?.envelopeDigest)
    const withdrawal = items.find(({ action }) => action === 'consent.withdraw')
    expect(destroyed[0]?.digest).toBe(withdrawal?.destroyedKeyDigest)
  })

  test('is for the parties: their systems, liaisons and officers; nobody else learns of it', async () => {
    for (const client of parties)
      expect((await client.certificate(consentId)).body.cause).toBe('withdrawal')
    for (const name of ['stranger', 'oim-system'] as const) {
      const outsider = await callerOf(hub, name)
      for (const id of [consentId, consentId.replace(/.{12}$/, '0123456789ab')]) {
        expect((await refusalOf(outsider.certificate(id))).code).toBe('forbidden')
        expect((await refusalOf(outsider.getConsent(id))).code).toBe('forbidden')
      }
    }
  })
})

const inWords: Record<'es' | 'en', Record<string, string>> = {
  es: {
    'referral.submit': 'Se envió la referencia',
    'referral.release': 'Se abrió su contenido',
    'consent.withdraw': 'Se retiró el consentimiento',
  },
  en: {
    'referral.submit': 'The referral was sent',
    'referral.release': 'Its content was opened',
    'consent.withdraw': 'The consent was withdrawn',
  },
}

describe('the page', () => {
  test('is well-formed, loads and runs nothing, and tells the same facts', async () => {
    const facts = (await igm.certificate(consentId)).body
    for (const [language, tag] of [
      [undefined, 'es'],
      ['fr, en;q=0.8', 'en'],
      ['es-GT, en;q=0.9', 'es'],
    ] as const) {
      const { status, headers, text } = await page(language)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(text).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${tag}">`))
      expect(text).not.toMatch(
        /<script|<link|<img|<iframe|<[^>]*\s(src|href|on\w+)=|url\(|@import|https?:/i,
      )
      const said = textOf(text)
      for (const fact of [
        folio,
        referralId,
        consentId,
        facts.agreementId,
        localTime(facts.destroyedAt),
        facts.statement[tag],
        ...facts.destroyed.flatMap(({ what, digest }) => [what[tag], digest ?? '']),
        ...facts.remains.flatMap(({ what, why }) => [what[tag], why[tag]]),
        ...facts.logEntries.flatMap(({ index, id, action, time }) => [
          ` ${index} `,
          id,
          inWords[tag][action] ?? action,
          localTime(time),
        ]),
      ])
        expect(said).toContain(fact)
      expect(said).not.toContain('undefined')
      const other = tag === 'es' ? 'en' : 'es'
      expect(said).not.toContain(facts.destroyed[0]?.what[other])
    }
  })
})

test('it never claims what nobody can know, in either form and language, before or after the recipient confirmed', async () => {
  const at = hubNow(hub).toISOString()
  const claims =
    /erased everywhere|deleted everywhere|(borrad|eliminad|destruid)[oa]s? en todas partes/i
  const said = async () => [
    JSON.stringify((await igm.certificate(consentId)).body),
    (await page()).text,
    (await page('en')).text,
  ]
  const before = await said()
  await ala.confirmDeletion(consentId, { at })
  const after = await said()
  for (const text of [...before, ...after]) expect(text).not.toMatch(claims)
  expect((await igm.certificate(consentId)).body).toMatchObject({
    deletion: 'confirmed',
    deletionConfirmedAt: at,
    logEntries: expect.arrayContaining([
      expect.objectContaining({ action: 'consent.confirm-deletion' }),
    ]) as unknown,
  })
  for (const text of after.slice(1)) expect(textOf(text)).toContain(localTime(at))
})

test('what else the log holds of the referral, however much, changes nothing in the certificate', async () => {
  const { consentId: id, ...third } = await submitted(3)
  await withdraw(hub, igm, id)
  const first = (await igm.certificate(id)).body
  // More than one look into the log takes in: whoever may withdraw again could crowd the destruction out of sight.
  await crowd(third.referralId, 225)
  const { body } = await igm.certificate(id)
  const { issuedAt, checkpoint } = first
  expect({ ...body, issuedAt, checkpoint }).toEqual(first)
})

/** Puts later entries of a referral into the log, as so many withdrawals passed on again would. */
const crowd = async (crowded: string, count: number) => {
  const dynamodb = new DynamoDBClient(hub.hub.aws)
  const entry = (await rowsOf(hub.hub, 'AccessLog')).find(
    row => row['referralId']?.S === crowded && row['action']?.S === 'consent.withdraw',
  )
  const {
    destroyedKeyDigest: _,
    envelopeDigest: __,
    ...leaf
  } = JSON.parse(KeptLeaf.parse(entry?.['leaf']?.B)) as Record<string, unknown>
  const id = entry?.['id']?.S ?? ''
  const itemAt = (n: number) => {
    const last = n.toString(16).padStart(12, '0')
    const later = id.replace(/^.{6}(.*).{12}$/, `ffffff$1${last}`)
    return {
      ...entry,
      pk: { S: 'crowd' },
      sk: { S: later },
      id: { S: later },
      leaf: { S: JSON.stringify({ ...leaf, id: later }) },
    }
  }
  for (let from = 0; from < count; from += 25)
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [hub.hub.nameOf('AccessLog')]: Array.from({ length: 25 }, (___, n) => ({
            PutRequest: { Item: itemAt(from + n) },
          })),
        },
      }),
    )
  dynamodb.destroy()
}
