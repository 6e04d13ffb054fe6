// The agreement as policy, through the front door: notices of its signatories, numbered, and what they make of it.
import { describe, expect, test } from 'vitest'
import type { AgreementView, NoticeView } from '../../schemas/notice.ts'
import { type CallerName, callerOf } from './callers.ts'
import { idempotencyKey, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { rowsOf } from './drill.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const igm = await callerOf(hub, 'igm-signatory')
const ala = await callerOf(hub, 'ala-signatory')
const id = 'igm-ala-2026'
const path = `/v1/agreements/${id}/notices`
const show = async () => (await igm.getAgreement(id)).body
const give = async (who: CallerName, body: object, headers: Record<string, string> = {}) =>
  raw(hub, who, {
    path,
    body: JSON.stringify(body),
    headers: { 'idempotency-key': idempotencyKey(), ...headers },
  })
const numbers = ({ notices }: AgreementView) => notices.map(({ number }) => number)

test('an agreement that nobody gave notice of is as it was deployed, with what its policy leaves out', async () => {
  const agreement = await show()
  expect(agreement).toMatchObject({
    agreementId: id,
    version: 1,
    state: 'in-force',
    parties: ['IGM', 'ALA'],
    onwardRecipients: ['OIM'],
    inForceUntil: '2028-02-05T05:59:59.999Z',
    endsAt: '2028-02-05T05:59:59.999Z',
    policy: { collectHours: { routine: 120, urgent: 24, stat: 4 }, expireDays: 60 },
    calendar: { id: 'gt-guatemala', version: expect.any(String) },
    notices: [],
    awaiting: [],
    deadlines: [
      { kind: 'end', at: '2028-02-05T05:59:59.999Z' },
      { kind: 'completion', at: '2028-05-05T05:59:59.999Z' },
    ],
    versions: [{ version: 1, from: '2026-02-05T06:00:00.000Z', digest: expect.any(String) }],
  })
  expect((await ala.listAgreements()).body).toEqual({ items: [agreement] })
  const stranger = await callerOf(hub, 'stranger')
  expect((await stranger.listAgreements()).body).toEqual({ items: [] })
})

describe('an amendment', () => {
  const amendment = { kind: 'amendment', change: { targetPersons: 300 } } as const

  test('by one party awaits the other; a different one by the other awaits too', async () => {
    const first = await give('igm-signatory', amendment)
    const notice = first.json as unknown as NoticeView
    expect([first.status, notice]).toMatchObject([
      201,
      { number: 'AV-2026-0001', kind: 'amendment', state: 'awaiting', by: 'IGM' },
    ])
    // Said again by the same party it is another notice, and still one party's.
    await give('igm-signatory', amendment)
    await give('ala-signatory', { ...amendment, change: { targetPersons: 301 } })
    const { version, targetPersons, awaiting } = await show()
    expect([version, targetPersons]).toEqual([1, 250])
    expect(awaiting.map(one => [one.kind, one.from])).toEqual([
      ['amendment', ['ALA']],
      ['amendment', ['IGM']],
    ])
    expect(awaiting[0]?.digest).toBe(notice.digest)
  })

  test('by both, with one digest, is the next version; referrals keep the one they came under', async () => {
    const referrer = await callerOf(hub, 'igm-system')
    const old = (await referrer.submitReferral(submissionOf(1))).body
    const second = (await give('ala-signatory', amendment)).json as unknown as NoticeView
    const after = await show()
    expect(after).toMatchObject({ version: 2, targetPersons: 300, awaiting: [{ from: ['IGM'] }] })
    expect(second).toMatchObject({ state: 'in-effect', effectiveAt: second.at })
    expect(after.notices.map(({ state, effectiveAt }) => [state, effectiveAt])).toEqual([
      ['in-effect', second.at],
      ['in-effect', second.at],
      ['awaiting', undefined],
      ['in-effect', second.at],
    ])
    expect(after.versions.map(({ version, from }) => [version, from])).toEqual([
      [1, '2026-02-05T06:00:00.000Z'],
      [2, second.at],
    ])
    expect(after.versions[0]?.digest).not.toBe(after.versions[1]?.digest)

    const young = (await referrer.submitReferral(submissionOf(2))).body
    const rows = await rowsOf(hub.hub, 'Referrals')
    const versionOf = ({ referralId }: { referralId: string }) =>
      rows.find(({ pk }) => pk?.S === `referral#${referralId}`)?.agreementVersion?.N
    expect([versionOf(old), versionOf(young)]).toEqual([undefined, '2'])
    const kept = (await rowsOf(hub.hub, 'Directory')).flatMap(({ pk }) => pk?.S ?? [])
    expect(kept.filter(pk => pk.startsWith('agreement-version#')).toSorted()).toEqual([
      `agreement-version#${id}#1`,
      `agreement-version#${id}#2`,
    ])
  })

  test('of who is served counts for the next referral: regular status, once both want it', async () => {
    const regular = submissionOf(3, { payload: { migrationStatus: { status: 'regular' } } })
    expect((await submitRaw(hub, regular)).json.code).toBe('eligibility-status')
    const change = { kind: 'amendment', change: { servesRegularStatus: true } }
    await give('igm-signatory', change)
    expect((await submitRaw(hub, regular)).json.code).toBe('eligibility-status')
    await give('ala-signatory', change)
    expect((await submitRaw(hub, regular)).status).toBe(201)
  })
})

describe('numbers have no gaps', () => {
  test('when many give notice at once, and when some are refused', async () => {
    const before = (await show()).notices.length
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        give(n % 2 ? 'igm-signatory' : 'ala-signatory', {
          kind: 'amendment',
          change: n === 3 ? { targetPersons: 0 } : { targetPersons: 400 + n },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 201, 201, 422,
    ])
    const agreement = await show()
    expect(numbers(agreement)).toEqual(
      Array.from({ length: before + 5 }, (_, n) => `AV-2026-${String(n + 1).padStart(4, '0')}`),
    )
  })

  test('when one is sent twice: a retry gets its answer again, and there is one notice', async () => {
    const key = { 'idempotency-key': idempotencyKey() }
    const body = { kind: 'amendment', change: { targetPersons: 777 } }
    const [first, again] = await Promise.all([
      give('igm-signatory', body, key),
      give('igm-signatory', body, key),
    ])
    const third = await give('igm-signatory', body, key)
    const taken = [first, again, third].filter(({ status }) => status === 201)
    expect(new Set(taken.map(({ text }) => text)).size).toBe(1)
    expect(third.headers.get('idempotency-replayed')).toBe('true')
    const { notices } = await show()
    expect(notices.filter(({ states }) => JSON.stringify(states).includes('777'))).toHaveLength(1)
    const other = await give('igm-signatory', { ...body, change: { targetPersons: 1 } }, key)
    expect(other.json.code).toBe('idempotency-key-reused')
  })
})

describe('what does not fit is refused with its place, and changes nothing', () => {
  test.each([
    [{ kind: 'amendment', change: {} }, '/change required'],
    [{ kind: 'amendment', change: { parties: ['IGM', 'XXX'] } }, '/change unknown-member'],
    [{ kind: 'amendment', change: { targetPersons: -1 } }, '/change/targetPersons too-small'],
    [
      { kind: 'amendment', change: { onwardRecipients: ['NADIE'] } },
      '/change/onwardRecipients/0 not-allowed',
    ],
    [{ kind: 'renewal', until: '2028-02-05T05:59:59.999Z' }, '/until too-early'],
    [{ kind: 'renewal', until: '2030-02-04' }, '/until wrong-format'],
    [{ kind: 'renewal', until: '9999-12-31T23:59:59.999Z' }, '/until date-out-of-range'],
    [{ kind: 'rescission', receivedOn: '9999-12-31' }, '/receivedOn date-out-of-range'],
    [
      { kind: 'amendment', change: { policy: { retentionDays: 2_920_000 } } },
      '/change/policy/retentionDays too-big',
    ],
    [
      {
        kind: 'amendment',
        change: { policy: { answerHours: { routine: 99_999_999, urgent: 1, stat: 1 } } },
      },
      '/change/policy/answerHours/routine too-big',
    ],
    [{ kind: 'amendment', change: { targetPersons: 1_000_000 } }, '/change/targetPersons too-big'],
    [{ kind: 'rescission', receivedOn: '2026-11-22' }, '/receivedOn in-the-future'],
    [{ kind: 'rescission', receivedOn: '2026-02-30' }, '/receivedOn calendar'],
    [{ kind: 'rescission', receivedOn: '2026-08-01' }, '/receivedOn in-the-past'],
    [{ kind: 'termination' }, '/cause not-allowed'],
    [{ kind: 'termination', cause: 'whim' }, '/cause not-allowed'],
    [{ kind: 'merger' }, '/kind not-allowed'],
    [{ kind: 'breach', because: 'x' }, ' unknown-member'],
  ])('%j: %s', async (body, fault) => {
    const before = await show()
    const { status, json } = await give('ala-signatory', body)
    const [first] = json.errors ?? []
    expect([status, json.code, `${first?.pointer} ${first?.code}`]).toEqual([
      422,
      'invalid-request',
      fault,
    ])
    expect(await show()).toEqual(before)
  })

  test('of a kind that there is none is told which there are', async () => {
    const { json } = await give('ala-signatory', { kind: 'merger' })
    const allowed = ['renewal', 'rescission', 'amendment', 'breach', 'lift', 'termination']
    expect(json.errors).toEqual([{ pointer: '/kind', code: 'not-allowed', allowed }])
  })

  test('nothing is lifted that is not frozen', async () => {
    const { status, json } = await give('igm-signatory', { kind: 'lift' })
    expect([status, json.code]).toEqual([409, 'transition-not-allowed'])
  })
})

test('a rescission is in notice at once, for three months, and refuses a renewal', async () => {
  const { json } = await give('ala-signatory', { kind: 'rescission', receivedOn: '2026-11-21' })
  expect(json).toMatchObject({ kind: 'rescission', state: 'in-effect' })
  const agreement = await show()
  expect(agreement).toMatchObject({
    state: 'in-notice',
    inForceUntil: '2028-02-05T05:59:59.999Z',
    endsAt: '2027-02-21T05:59:59.999Z',
    deadlines: [
      { kind: 'end', at: '2027-02-21T05:59:59.999Z' },
      { kind: 'completion', at: '2027-05-22T05:59:59.999Z' },
    ],
  })
  // Still in force: new referrals are taken, but for what the policy says.
  const consent = { validUntil: '2027-01-01T05:59:59.000Z' }
  expect((await submitRaw(hub, submissionOf(4, { consent }))).status).toBe(201)
  const outlives = submissionOf(5, { consent: { validUntil: '2027-05-22T06:00:00.000Z' } })
  expect((await submitRaw(hub, outlives)).json.code).toBe('consent-outlives-agreement')
  const renewal = { kind: 'renewal', until: '2030-02-05T05:59:59.999Z' }
  expect((await give('igm-signatory', renewal)).json.code).toBe('transition-not-allowed')

  const quiet = { kind: 'amendment', change: { policy: { referralsInNotice: false } } }
  await give('igm-signatory', quiet)
  await give('ala-signatory', quiet)
  const refused = await submitRaw(hub, submissionOf(6, { consent }))
  expect([refused.status, refused.json.code]).toEqual([409, 'agreement-not-in-force'])
})

test('each notice is an entry of the log, which verifies with them', async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const officer = await callerOf(hub, 'igm-compliance')
  const said: unknown[] = []
  for await (const entry of officer.everyEntry({ action: 'agreement.notice', outcome: 'allowed' }))
    if (entry.code !== 'replayed') said.unshift(entry.notice)
  const { notices } = await show()
  expect(said).toEqual(
    notices.map(({ number, kind, digest }) => ({ agreementId: id, number, kind, digest })),
  )
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
