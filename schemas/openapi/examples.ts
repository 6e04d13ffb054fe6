// A worked body and a worked answer of each route. Their shapes are tested (test/schemas/openapi.test.ts).
import type { RouteName } from '../routes.ts'
import { agreement, amendment, notice } from './examples/agreement.ts'
import * as things from './examples/things.ts'

const { header, handle, folio, referralId, consentId, entryId } = things
const validUntil = things.activeKey.validUntil
const settled = { results: [{ handle, ok: true }] }

export const bodyExamples: Partial<Record<RouteName, object>> = {
  'referral.submit': {
    externalId: 'IGM-PRUEBA-000001',
    agreementId: 'igm-ala-2026',
    recipient: 'ALA',
    priority: 'routine',
    services: header.services,
    salt: 'c2FsdC1mb3ItdGhlLXRlcw',
    consent: {
      notice: { id: 'consent-notice', version: '2026-01', language: 'es', sha256: things.digest },
      grantor: { type: 'self' },
      method: 'signature',
      purposes: things.consentPurposes,
      grantedAt: '2026-11-07T15:00:00.000Z',
      validUntil: '2027-11-01T05:59:59.000Z',
      evidenceSha256: things.digest,
    },
    payload: things.payload,
  },
  'referral.status': { status: 'rejected', reason: 'no-capacity' },
  'referral.milestone': {
    milestone: 'enrolled',
    on: '2026-12-01',
    salt: 'c2FsdC1mb3ItdGhlLXRlcw',
  },
  'referral.void-milestone': { reason: 'entered-in-error' },
  'referral.handover': { recipient: 'OIM', priority: 'urgent' },
  'referral.release': { purpose: 'training-referral' },
  'inbox.pull': { max: 10, waitSeconds: 20, visibilitySeconds: 300, content: 'none' },
  'inbox.ack': { handles: [handle] },
  'inbox.return': { handles: [handle], delaySeconds: 60 },
  'inbox.redrive': {},
  'consent.withdraw': {
    requestedBy: 'self',
    method: 'in-person',
    at: '2026-11-24T15:00:00.000Z',
  },
  'consent.confirm-deletion': { at: '2026-11-25T15:00:00.000Z' },
  'access-log.cosign': {
    checkpoint: `${things.checkpoint}— referral-hub.example/institutions/ALA ${'D'.repeat(102)}==\n`,
  },
  'key.enrol': {
    jwk: things.jwk,
    alg: 'ed25519',
    roles: ['referrer'],
    post: 'IGM-REF-01',
    validUntil,
    proof: 'eyJhbGciOiJFZERTQSJ9.eyJpbnN0aXR1dGlvbiI6IklHTSJ9.cHJ1ZWJh',
  },
  'key.confirm': { roles: ['referrer'], validUntil },
  'key.revoke': { reason: 'superseded' },
  'agreement.notice': amendment,
}

/** Their answers are octets: JSON has no example of those. */
type OctetRoute = 'access-log.tile' | 'access-log.bundle'

export const answerExamples: Record<Exclude<RouteName, OctetRoute>, unknown> = {
  'referral.submit': { ...header, externalId: 'IGM-PRUEBA-000001', availableTransitions: [] },
  'referral.read': header,
  'referral.list': { items: [header], next: 'cHLDs3hpbWE' },
  'referral.status': {
    ...header,
    status: 'rejected',
    version: 2,
    history: [
      ...header.history,
      { status: 'rejected', at: '2026-11-22T12:00:00.000Z', by: 'ALA', reason: 'no-capacity' },
    ],
    availableTransitions: [],
  },
  'referral.milestone': { ...things.accepted, milestones: [things.enrolled] },
  'referral.void-milestone': {
    ...things.accepted,
    milestones: [{ ...things.enrolled, voidedAt: '2026-12-03T15:00:00.000Z' }],
  },
  'referral.handover': things.handedOver,
  'referral.release': {
    referral: header,
    payload: things.payload,
    withheld: ['supportNeeds', 'protection'],
    proof: things.proof,
  },
  'referral.receipt': things.proof,
  'inbox.pull': {
    messages: [
      {
        handle,
        receiveCount: 1,
        event: {
          specversion: '1.0',
          id: things.messageId,
          source: 'https://referral-hub.example/v1',
          type: 'referral.requested.v1',
          subject: referralId,
          time: things.submittedAt,
          datacontenttype: 'application/json',
          sequence: '1',
          data: header,
        },
        content: 'sealed',
      },
    ],
  },
  'inbox.ack': settled,
  'inbox.return': settled,
  'inbox.redrive': { redriven: 3 },
  'consent.read': things.consent,
  'consent.withdraw': { ...things.withdrawn, releasesInFlight: 0 },
  'consent.confirm-deletion': {
    ...things.withdrawn,
    deletion: 'confirmed',
    events: [
      ...things.withdrawn.events,
      {
        event: 'deletion-confirmed',
        at: '2026-11-25T15:00:05.000Z',
        by: 'ALA',
        statedAt: '2026-11-25T15:00:00.000Z',
      },
    ],
  },
  'consent.certify': {
    consentId,
    referralId,
    folio,
    referrals: [
      { referralId, folio },
      { referralId: things.handedOver.referralId, folio: things.handedOver.folio },
    ],
    agreementId: 'igm-ala-2026',
    cause: 'withdrawal',
    requestedBy: { institution: 'IGM', capacity: 'self' },
    destroyedAt: '2026-11-24T15:00:05.000Z',
    destroyed: [{ what: { es: 'La llave del contenido', en: 'The key of the content' } }],
    remains: [
      {
        what: { es: 'El estado y sus fechas', en: 'The status and its dates' },
        why: { es: 'Rendición de cuentas', en: 'Accountability' },
      },
    ],
    deletion: 'requested',
    logEntries: [
      { index: 60, id: entryId, action: 'consent.withdraw', time: '2026-11-24T15:00:05.000Z' },
    ],
    checkpoint: things.checkpoint,
    statement: { es: 'Nadie puede abrirlo aquí.', en: 'Nobody can open it here.' },
    issuedAt: '2026-11-24T16:00:00.000Z',
  },
  'access-log.query': { items: [things.entry] },
  'access-log.checkpoint': things.checkpoint,
  'access-log.public-key': `referral-hub.example/access-log+00000000+${'E'.repeat(44)}`,
  'access-log.proof': things.proof,
  'access-log.entry': { entry: things.entry, leaf: 'cHJ1ZWJh', proof: things.proof },
  'access-log.summary': {
    days: [
      {
        day: '2026-11-21',
        counts: [{ action: 'referral.release', outcome: 'allowed', n: 3 }],
      },
    ],
    releases: [
      {
        purpose: 'training-referral',
        categories: ['identity', 'trainingProfile'],
        keyid: things.keyid,
        n: 3,
      },
    ],
  },
  'access-log.cosign': {
    ...things.cosigned,
    origin: 'referral-hub.example/access-log',
    proof: [],
  },
  'access-log.cosignatures': { items: [things.cosigned] },
  'report.progress': {
    agreementId: 'igm-ala-2026',
    asOf: '2027-02-01T15:00:00.000Z',
    target: 250,
    persons: things.persons({ referred: 47, accepted: 31, enrolled: 22 }),
    quarters: [
      { quarter: '2026-Q4', persons: things.persons({ referred: 30, accepted: 24, enrolled: 22 }) },
      { quarter: '2027-Q1', persons: things.persons({ referred: 17, accepted: 7, enrolled: 0 }) },
    ],
    referrals: { total: 52, open: 33, byStatus: {} },
    answers: {
      answered: 31,
      accepted: 31,
      rejected: '<5',
      silent: '<5',
      overdue: 0,
      hours: { median: 48, p90: 168 },
      by: [{ recipient: 'ALA', priority: 'routine', overdue: 0 }],
    },
    milestones: { 'contact-made': 60, profiled: 22, enrolled: 22, 'training-completed': '<5' },
  },
  'me.read': {
    institution: 'IGM',
    keyid: things.keyid,
    roles: ['referrer'],
    post: 'IGM-REF-01',
    validUntil,
    agreements: ['igm-ala-2026'],
    now: things.submittedAt,
    vkey: `referral-hub.example/access-log+00000000+${'E'.repeat(44)}`,
    logSize: 58,
  },
  'institution.list': {
    items: [{ institution: 'IGM', name: 'Instituto Guatemalteco de Migración' }],
  },
  'institution.keys': { items: [things.activeKey] },
  'key.enrol': things.proposedKey,
  'key.confirm': things.activeKey,
  'key.revoke': things.revokedKey,
  'agreement.list': { items: [agreement] },
  'agreement.read': agreement,
  'agreement.notice': notice,
  'health.read': { status: 'ok', checks: { table: 'ok', queue: 'ok', key: 'ok' } },
  'openapi.read': { openapi: '3.1.1' },
}
