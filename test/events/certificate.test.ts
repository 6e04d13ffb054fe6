// What a certificate of destruction says, and that it can say nothing of the person.
import { describe, expect, test } from 'vitest'
import { type CertificateFacts, certificate } from '../../events/certificate.ts'
import { foldConsent } from '../../events/consent.ts'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { Certificate } from '../../schemas/certificate.ts'
import { Folio, Sha256 } from '../../schemas/ids.ts'
import { ConsentTerms } from '../../schemas/consent.ts'
import { objectsIn } from '../schemas/objects.ts'
import { fullest } from '../schemas/submissions.ts'
import { after, agreementId, ala, consentId, igm, now, referralId } from './given.ts'
import { type LaterName, ledger } from './ledger.ts'

const destroyedKey = Sha256.parse('a'.repeat(64))
const envelopeDigest = Sha256.parse('b'.repeat(64))
const entry = (action: string, n: number, more: object = {}) =>
  AccessLogEntry.parse({
    index: n,
    id: `019aa5d4-7c00-7abc-8def-00000000000${n}`,
    time: after(now, n),
    action,
    outcome: 'allowed',
    actor: { institution: 'IGM', keyid: 'K'.repeat(43), role: 'referrer' },
    referralId,
    request: { id: referralId, method: 'POST', path: '/v1/referrals', signature: 'hub=:c2ln:' },
    ...more,
  })
const submitted = entry('referral.submit', 1)
const withdrawal = entry('consent.withdraw', 2, { destroyedKeyDigest: destroyedKey })
const shredding = entry('referral.shred', 3, {
  destroyedKeyDigest: destroyedKey,
  actor: { institution: 'HUB', role: 'hub' },
})
const folio = Folio.parse('REF-0000-0001-1')

const facts = (events: LaterName[], destruction = withdrawal): CertificateFacts => ({
  held: [{ referralId, folio, agreementId, envelopeDigest, referrer: igm, recipient: ala }],
  referrals: [{ referralId, folio }],
  consent: foldConsent(ledger(events)),
  events: ledger(events),
  destruction,
  entries: [submitted, destruction],
  checkpoint: 'a signed note',
  now: after(now, 5000),
})
const withdrawn: LaterName[] = ['withdrawn', 'deletion-requested']

describe('a certificate', () => {
  test('after a withdrawal it says by whose request, when, which key and which envelope', () => {
    const document = certificate(facts(withdrawn))
    expect(document).toMatchObject({
      consentId,
      referralId,
      folio,
      agreementId,
      cause: 'withdrawal',
      requestedBy: { institution: igm, capacity: 'self' },
      destroyedAt: withdrawal.time,
      deletion: 'requested',
      checkpoint: 'a signed note',
      issuedAt: after(now, 5000),
    })
    expect(document.destroyed.map(({ digest }) => digest)).toEqual([
      destroyedKey,
      envelopeDigest,
      undefined,
    ])
    expect(document).not.toHaveProperty('deletionConfirmedAt')
  })

  test('it names the log entries that prove it: place, id, action and time, and nothing else of them', () => {
    const { index: _, ...pending } = submitted
    const given = { ...facts(withdrawn), entries: [pending as AccessLogEntry, withdrawal] }
    const [, { id, time }] = [submitted, withdrawal]
    expect(certificate(given).logEntries).toEqual([
      { id: submitted.id, action: 'referral.submit', time: submitted.time },
      { index: 2, id, action: 'consent.withdraw', time },
    ])
  })

  test('it says when the recipient had deleted, once it has said so', () => {
    const document = certificate(facts([...withdrawn, 'deletion-confirmed']))
    expect(document).toMatchObject({ deletion: 'confirmed', deletionConfirmedAt: now })
  })

  test('at the end of the retention period it names nobody’s request', () => {
    for (const events of [[], ['expired']] satisfies LaterName[][]) {
      const document = certificate(facts(events, shredding))
      expect(document).toMatchObject({ cause: 'retention', deletion: 'none' })
      expect(document).not.toHaveProperty('requestedBy')
    }
  })

  test('its cause is what destroyed, even where the person withdrew when nothing was left', () => {
    const earlier = { ...shredding, time: after(now, -1) }
    expect(certificate(facts(['expired', ...withdrawn], earlier)).cause).toBe('retention')
    expect(certificate(facts(['expired', ...withdrawn])).cause).toBe('withdrawal')
  })

  test('where the hub finished a withdrawal that a backup had undone, the cause is the withdrawal', () => {
    const { destroyedKeyDigest: _, ...without } = shredding
    const document = certificate(facts(withdrawn, without))
    expect(document).toMatchObject({
      cause: 'withdrawal',
      requestedBy: { institution: igm, capacity: 'self' },
      destroyedAt: shredding.time,
    })
  })

  test('where the key was gone already it names none', () => {
    const { destroyedKeyDigest: _, ...without } = withdrawal
    const [first] = certificate(facts(withdrawn, without)).destroyed
    expect(first).not.toHaveProperty('digest')
  })

  test.each([
    ['a withdrawal', facts(withdrawn)],
    ['a confirmed one', facts([...withdrawn, 'deletion-confirmed'])],
    ['retention', facts(['expired'], shredding)],
  ])('that of %s is one of the contract, in two whole languages', (_, given) => {
    const document = certificate(given)
    expect(Certificate.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
    const sentences = objectsIn(document)
      .map(({ value }) => value as { es?: string; en?: string })
      .filter(value => 'es' in value || 'en' in value)
    expect(sentences.length).toBeGreaterThanOrEqual(12)
    for (const { es = '', en = '' } of sentences) {
      for (const text of [es, en]) expect(text).toMatch(/^\p{Lu}.{20,}\.$/u)
      expect(es).not.toBe(en)
      expect(es + en).not.toMatch(/v[ií]ctim/i)
    }
  })

  test('it does not claim that everything is erased everywhere', () => {
    const { statement, remains } = certificate(facts(withdrawn))
    expect(statement.es).toContain('no afirma nada de copias fuera del intercambio')
    expect(statement.en).toContain('says nothing of copies outside the hub')
    expect(remains.map(({ what }) => what.es).join(' ')).toContain('institución receptora')
  })
})

/** Every text of a JSON value that is long enough to be looked for. */
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value].filter(text => text.length > 3)
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : []

test('whatever the row, the ledger and the log hold of a person, nothing of it is in the certificate', () => {
  const { payload, externalId } = fullest
  const person = { payload, externalId, personName: 'Luna Prueba', note: 'una historia' }
  const terms = ConsentTerms.parse(fullest['consent'])
  const given = facts(withdrawn)
  const events = ledger(withdrawn, terms).map(event => Object.assign(event, person))
  const document = certificate({
    ...given,
    held: [Object.assign({}, given.held[0], person)],
    consent: Object.assign(foldConsent(ledger(withdrawn, terms)), person),
    events,
    destruction: Object.assign({}, withdrawal, person),
    entries: given.entries.map(one => Object.assign({}, one, person)),
  })
  expect(document).toEqual(certificate(given))
  const text = JSON.stringify(document)
  const searched = [...texts(person), terms.evidenceSha256, terms.notice.sha256, 'K'.repeat(43)]
  expect(searched.length).toBeGreaterThan(30)
  for (const one of searched) expect(text).not.toContain(one)
})
