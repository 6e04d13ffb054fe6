// Ids and things that more than one example shows. Nobody of these exists.

export const referralId = '01935a3e-7c00-7a10-8000-000000000001'
export const consentId = '01935a3e-7c00-7a10-8000-000000000002'
export const requestId = '01935a3e-7c00-7a10-8000-00000000000f'
export const entryId = '01935a3e-7c00-7a10-8000-000000000010'
export const messageId = '01935a3e-7c00-7a10-8000-000000000020'
export const folio = 'REF-0000-0001-1'
export const submittedAt = '2026-11-21T12:00:00.000Z'
export const handle = 'bWVuc2FqZS1kZS1wcnVlYmE'
/** Stands for any SHA-256. */
export const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
/** RFC 8037, appendix A: a public key whose private half everybody knows. */
export const jwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
}
export const keyid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

export const consentPurposes = [
  {
    purpose: 'training-referral',
    recipient: 'ALA',
    dataCategories: ['identity', 'contact', 'migrationStatus', 'trainingProfile'],
  },
  { purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['trainingProfile'] },
]

export const payload = {
  identity: {
    givenNames: ['Dariela'],
    familyNames: ['Argueta', 'Prueba'],
    birthDate: '1994-05-14',
    sex: 'F',
    nationalities: ['SLV'],
    documents: [{ type: 'provisional-stay', number: 'PRUEBA-000001', issuingCountry: 'GTM' }],
    languages: ['es'],
  },
  contact: { phone: '+50200000001', safeToCall: false, municipality: '0115' },
  migrationStatus: { status: 'refugee-applicant', caseNumber: 'EXP-PRUEBA-000001' },
  trainingProfile: { interestDeclared: true, interests: ['bakery', 'cooking'] },
}

/** As its recipient sees it. */
export const header = {
  referralId,
  folio,
  agreementId: 'igm-ala-2026',
  referrer: 'IGM',
  recipient: 'ALA',
  priority: 'routine',
  services: ['vocational-profiling', 'enrolment-guidance'],
  consentId,
  submittedAt,
  respondBy: '2026-12-01T12:00:00.000Z',
  status: 'requested',
  deliveryState: 'queued',
  contentState: 'sealed',
  version: 1,
  history: [{ status: 'requested', at: submittedAt, by: 'IGM' }],
  milestones: [],
  feedback: 'milestones',
  availableTransitions: ['accepted', 'rejected'],
  overdue: false,
}

const [receivedAt, acceptedAt] = ['2026-11-21T12:30:00.000Z', '2026-11-21T13:00:00.000Z']
export const accepted = {
  ...header,
  status: 'accepted',
  deliveryState: 'acknowledged',
  contentState: 'released',
  version: 3,
  history: [
    ...header.history,
    { status: 'received', at: receivedAt, by: 'hub' },
    { status: 'accepted', at: acceptedAt, by: 'ALA' },
  ],
  availableTransitions: ['in-progress', 'on-hold', 'rejected', 'completed', 'failed', 'cancelled'],
}
export const enrolled = {
  n: 1,
  milestone: 'enrolled',
  on: '2026-12-01',
  recordedAt: '2026-12-02T15:00:00.000Z',
}

const handedOverAt = '2026-12-10T15:00:00.000Z'
/** What comes of a handover, as its sender sees it. */
export const handedOver = {
  ...header,
  referralId: '019aa5d4-7c00-7abc-8def-0123456789b1',
  folio: 'REF-0000-0002-2',
  partOf: referralId,
  referrer: 'ALA',
  recipient: 'OIM',
  priority: 'urgent',
  services: ['job-placement-handover'],
  submittedAt: handedOverAt,
  respondBy: '2026-12-13T15:00:00.000Z',
  history: [{ status: 'requested', at: handedOverAt, by: 'ALA' }],
  feedback: 'status-only',
  availableTransitions: ['cancelled', 'entered-in-error'],
}

/** A tlog-proof in its form alone: it proves nothing. */
export const proof = [
  'c2sp.org/tlog-proof@v1',
  'index 57',
  `${'A'.repeat(43)}=`,
  '',
  'referral-hub.example/access-log',
  '58',
  `${'B'.repeat(43)}=`,
  '',
  `— referral-hub.example/access-log ${'C'.repeat(91)}=`,
  '',
].join('\n')
export const checkpoint = proof.slice(proof.indexOf('referral-hub.example'))

export const consent = {
  consentId,
  referralId,
  agreementId: 'igm-ala-2026',
  state: 'granted',
  deletion: 'none',
  purposes: consentPurposes,
  validUntil: '2027-11-01T05:59:59.000Z',
  events: [{ event: 'granted', at: submittedAt, by: 'IGM' }],
}
const withdrawnAt = '2026-11-24T15:00:05.000Z'
export const withdrawn = {
  ...consent,
  state: 'withdrawn',
  deletion: 'requested',
  events: [
    ...consent.events,
    {
      event: 'withdrawn',
      at: withdrawnAt,
      by: 'IGM',
      requestedBy: 'self',
      method: 'in-person',
      statedAt: '2026-11-24T15:00:00.000Z',
    },
    { event: 'deletion-requested', at: withdrawnAt, by: 'hub' },
  ],
}

export const entry = {
  index: 57,
  id: entryId,
  time: '2026-11-21T12:05:00.000Z',
  action: 'referral.release',
  outcome: 'allowed',
  actor: { institution: 'ALA', keyid, role: 'recipient', post: 'ALA-ORIENT-01' },
  referralId,
  consentId,
  purpose: 'training-referral',
  categories: ['identity', 'trainingProfile'],
  request: { id: requestId, method: 'POST', path: '/v1/inbox/pull' },
}

const validity = { validFrom: submittedAt, validUntil: '2027-11-21T12:00:00.000Z' }
export const proposedKey = {
  keyid,
  institution: 'IGM',
  roles: ['referrer'],
  post: 'IGM-REF-01',
  alg: 'ed25519',
  jwk,
  ...validity,
  state: 'proposed',
  proposedBy: 'a'.repeat(43),
  history: [{ event: 'proposed', at: submittedAt, by: 'a'.repeat(43) }],
}
const confirmed = { event: 'confirmed', at: '2026-11-21T13:00:00.000Z', by: 'b'.repeat(43) }
export const activeKey = {
  ...proposedKey,
  state: 'active',
  confirmedBy: confirmed.by,
  history: [...proposedKey.history, confirmed],
}
const revocation = { revokedAt: '2026-12-01T12:00:00.000Z', revocationReason: 'superseded' }
export const revokedKey = {
  ...activeKey,
  state: 'revoked',
  ...revocation,
  history: [
    ...activeKey.history,
    { event: 'revoked', at: revocation.revokedAt, by: confirmed.by, ...revocation },
  ],
}
export const cosigned = {
  institution: 'ALA',
  keyid,
  size: 58,
  cosignedAt: '2026-11-21T12:10:00.000Z',
  checkpoint,
}

/** Persons by stage; of the later ones nobody yet. */
export const persons = (first: { referred: number; accepted: number; enrolled: number }) => ({
  ...first,
  profiled: first.enrolled,
  completed: first.enrolled === 0 ? 0 : '<5',
  handedOver: 0,
  placed: 0,
  inWork: { d30: 0, d180: 0, d365: 0 },
})
