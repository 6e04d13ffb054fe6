// The same for rows and queues that contradict each other.
import type { Row } from '../../functions/aws/dynamodb.ts'
import type { Plant } from './plants.ts'

const nobody = '019a0000-0000-7000-8000-000000000000'
const isRow =
  (key: string) =>
  ({ pk }: Row) =>
    pk === key

/** Each by its name: the kind, and what is more to be said of it. */
export const rowPlants: Record<string, Plant> = {
  'row-unreadable: a status that there is not': ({ referral }, { waiting }) =>
    referral(waiting.referralId, () => ({ status: 'lost' })),
  'row-unreadable: of no kind': ({ put }) => put('Referrals', { pk: 'rumour#1' }),
  'row-unreadable: a message that is none': ({ draft }) =>
    void draft.queues.push({ queue: 'inbox', inbox: 'ALA', body: '{}' }),
  'handover-orphan: the parent names another': ({ referral }, { parent }) =>
    referral(parent.referralId, () => ({ handovers: [] })),
  'handover-lost: the child is gone': ({ remove }, { child }) =>
    remove('Referrals', isRow(`referral#${child.referralId}`)),
  'guard-orphan: a person is held by a closed referral': ({ put }, { done }) =>
    put('Referrals', { pk: 'person#igm-ala-2026#x', heldBy: done.referralId }),
  'guard-orphan: a folio of nobody': ({ put }) =>
    put('Referrals', { pk: 'folio#REF-0000-0000-0', heldBy: nobody }),
  'guard-missing: a folio is free': ({ remove }, { waiting }) =>
    remove('Referrals', isRow(`folio#${waiting.folio}`)),
  'guard-missing: a person is free': ({ remove }, { waiting }) =>
    remove(
      'Referrals',
      ({ pk, heldBy }) => String(pk).startsWith('person#') && heldBy === waiting.referralId,
    ),
  'guard-missing: a number of the sender is free': ({ remove }, { waiting }) =>
    remove(
      'Referrals',
      ({ pk, heldBy }) => String(pk).startsWith('external-id#') && heldBy === waiting.referralId,
    ),
  'content-of-shredded: its key is back': ({ put, row }, { withdrawn }) =>
    put('ReferralKeys', {
      ...row('ReferralKeys', ''),
      referralId: withdrawn.referralId,
    }),
  'content-of-shredded: its ciphertext is back': ({ put, row }, { withdrawn }) =>
    put('Referrals', {
      ...row('Referrals', 'envelope#'),
      pk: `envelope#${withdrawn.referralId}`,
      referralId: withdrawn.referralId,
    }),
  'content-orphan: of no referral': ({ put, row }) =>
    put('Referrals', {
      ...row('Referrals', 'envelope#'),
      pk: `envelope#${nobody}`,
      referralId: nobody,
    }),
  'key-orphan: of no referral': ({ put, row }) =>
    put('ReferralKeys', { ...row('ReferralKeys', ''), referralId: nobody }),
  'content-missing: the ciphertext is gone': ({ remove }, { waiting }) =>
    remove('Referrals', isRow(`envelope#${waiting.referralId}`)),
  'key-missing: the key is gone': ({ remove }, { waiting }) =>
    remove('ReferralKeys', ({ referralId }) => referralId === waiting.referralId),
  'content-altered: that of another': ({ row, change }, { waiting, done }) =>
    change('Referrals', `envelope#${waiting.referralId}`, {
      envelope: row('Referrals', `envelope#${done.referralId}`)['envelope'],
    }),
  'consent-missing: the ledger is gone': ({ remove }, { waiting }) =>
    remove('ConsentLedger', ({ consentId }) => consentId === waiting.consentId),
  'consent-orphan: of no referral': ({ put, row }, { waiting }) =>
    put('ConsentLedger', {
      ...row('ConsentLedger', waiting.consentId),
      consentId: nobody,
      referralId: nobody,
    }),
  'ledger-gap: an event is gone': ({ remove }, { withdrawn }) =>
    remove('ConsentLedger', ({ consentId, n }) => consentId === withdrawn.consentId && n === 2),
  'consent-unlogged: withdrawn, it says': ({ draft, put }, { withdrawn, waiting }) => {
    const event = draft.tables.ConsentLedger.find(
      ({ consentId, n }) => consentId === withdrawn.consentId && n === 2,
    )
    put('ConsentLedger', { ...event, consentId: waiting.consentId })
  },
  'consent-lost: not withdrawn any more': ({ remove }, { withdrawn }) =>
    remove('ConsentLedger', ({ consentId, n }) => consentId === withdrawn.consentId && n !== 1),
  'withdrawal-undone: the row is of before': ({ referral }, { withdrawn }) =>
    referral(withdrawn.referralId, () => ({ contentState: 'sealed' })),
  'owed-missing: a row is gone': ({ remove }, { waiting }) =>
    remove('Outbox', isRow(`ALA#${waiting.referralId}`)),
  'owed-stray: it was acknowledged': ({ put, row }, { waiting, done }) =>
    put('Outbox', { ...row('Outbox', `ALA#${waiting.referralId}`), pk: `ALA#${done.referralId}` }),
  'owed-stray: it was never sent': ({ put, row }, { waiting }) =>
    put('Outbox', { ...row('Outbox', `ALA#${waiting.referralId}`), n: 9 }),
  'owed-stray: of no referral': ({ put, row }, { waiting }) =>
    put('Outbox', { ...row('Outbox', `ALA#${waiting.referralId}`), pk: `ALA#${nobody}` }),
  'owed-lost: no queue has it': ({ draft }, { waiting }) => {
    draft.queues = draft.queues.filter(({ body }) => !body.includes(waiting.referralId))
  },
  'acknowledged-unsent: a number that was never sent': ({ referral }, { waiting }) =>
    referral(waiting.referralId, () => ({ ackedByRecipient: [7] })),
  'acknowledged-unsent: one twice': ({ referral }, { done }) =>
    referral(done.referralId, () => ({ ackedByRecipient: [1, 1] })),
  'queue-stray: of no referral': ({ draft }, { waiting }) => {
    const one = draft.queues.find(({ body }) => body.includes(waiting.referralId))
    if (one)
      draft.queues.push({
        ...one,
        body: one.body.replace(`"subject":"${waiting.referralId}"`, `"subject":"${nobody}"`),
      })
  },
  'queue-stray: in the inbox of another': ({ draft }, { waiting }) =>
    void Object.assign(draft.queues.find(({ body }) => body.includes(waiting.referralId)) ?? {}, {
      inbox: 'OIM',
    }),
  'progress-differs: one too many': ({ change, row }) =>
    change('Progress', 'progress#', {
      total: Number(row('Progress', 'progress#')['total'] ?? 0) + 1,
    }),
  'progress-differs: persons who are not there': ({ change }) =>
    change('Progress', 'progress#', { 'p:placed': 40 }),
  'person-differs: more referrals than there are': ({ row, change }) =>
    change('Progress', 'reached#', {
      referrals: Number(row('Progress', 'reached#')['referrals']) + 1,
    }),
  'person-differs: a person is gone': ({ remove, row }) => {
    const { pk } = row('Progress', 'reached#')
    remove('Progress', isRow(String(pk)))
  },
  'person-differs: what they reached is not theirs': ({ change }) =>
    change('Progress', 'reached#', { reached: {} }),
  'institution-unlisted: not on the list': ({ row }) =>
    void (row('Directory', 'institutions')['codes'] as Set<string>).delete('IGM'),
  'institution-unlisted: one that is not there': ({ row }) =>
    void (row('Directory', 'institutions')['codes'] as Set<string>).add('YYY'),
  'key-unlisted: not among those of its institution': ({ row }) =>
    (row('Directory', 'institution#IGM')['keyids'] as Set<string>).clear(),
  'notice-gap: one is gone': ({ remove }) =>
    remove('Directory', isRow('agreement-notice#igm-ala-2026#2')),
  'notice-gap: a number again': ({ change }) =>
    change('Directory', 'agreement-notice#igm-ala-2026#2', { number: 'AV-2026-0001' }),
  'notice-unlogged: another than was signed': ({ change }) =>
    change('Directory', 'agreement-notice#igm-ala-2026#6', { digest: 'a'.repeat(64) }),
  'agreement-differs: other terms than were agreed': ({ change }) =>
    change('Directory', 'agreement#igm-ala-2026', { targetPersons: 1 }),
  'agreement-differs: a version is gone': ({ remove }) =>
    remove('Directory', isRow('agreement-version#igm-ala-2026#2')),
  'gate-differs: shut for nothing': ({ put }) =>
    put('Directory', { pk: 'agreement-gate#igm-ala-2026#3' }),
  'gate-differs: ended for nothing': ({ put }) =>
    put('Directory', { pk: 'agreement-ended#ALA', agreements: new Set(['igm-ala-2026']) }),
}
