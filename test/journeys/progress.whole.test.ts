// Progress through the front door: what two institutions do, and the report of it, beside a count of all by hand.
import { describe, expect, test } from 'vitest'
import type { Milestone } from '../../schemas/milestone.ts'
import type { ProgressReport } from '../../schemas/report.ts'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { type Submission, submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf, withdraw } from './stages.ts'

const hub = await emptyHub()
const { igm, ala, moved } = await stagesOf(hub)
const oim = await callerOf(hub, 'oim-system')
const officer = await callerOf(hub, 'igm-compliance')
const agreementId = 'igm-ala-2026'
const today = '2026-11-21'
const handover = {
  consent: {
    purposes: ['training-referral', 'job-placement-handover'].map((purpose, i) => ({
      purpose,
      recipient: ['ALA', 'OIM'][i],
      dataCategories: ['identity', 'migrationStatus'],
    })),
  },
}

const report = async (): Promise<ProgressReport> => (await igm.progress(agreementId)).body
const asked = (who: Parameters<typeof raw>[1], query: string) =>
  raw(hub, who, { path: '/v1/reports/progress', query })

/** The same person again: another referral of the same documents. */
const again = ({ payload }: Submission): Submission => {
  const next = submissionOf(1, handover)
  return { ...next, payload: { ...next.payload, identity: payload.identity } }
}
const submitted = async (submission = submissionOf(1, handover)) => {
  const { body } = await igm.submitReferral(submission)
  await received()
  return { submission, ...body }
}
/** ALA takes what waits for it. */
const received = async () => {
  const { messages } = (await ala.pull({ max: 10, waitSeconds: 2, content: 'none' })).body
  await ala.ack(messages.map(({ handle }) => handle))
}
const recorded = async (referralId: string, ...milestones: Milestone[]) => {
  for (const milestone of milestones)
    await ala.recordMilestone(referralId, { milestone, on: today })
}

describe('the report', () => {
  test('is for parties, whatever their role, and nobody learns whether there is an agreement', async () => {
    for (const who of ['igm-system', 'ala-liaison', 'igm-compliance', 'ala-signatory'] as const)
      expect((await asked(who, `agreementId=${agreementId}`)).status, who).toBe(200)
    for (const [who, query] of [
      ['oim-system', agreementId],
      ['stranger', agreementId],
      ['igm-system', 'another-agreement'],
    ] as const) {
      const { status, json } = await asked(who, `agreementId=${query}`)
      expect([status, json.code], who).toEqual([403, 'forbidden'])
    }
    for (const query of ['', 'agreementId=', `agreementId=${agreementId}&x=1`])
      expect((await asked('igm-system', query)).status, query).toBeOneOf([400, 422])
  })

  test('of nobody is full of noughts, and its reading is in the access log', async () => {
    const { body } = await ala.progress(agreementId)
    expect(body).toMatchObject({
      agreementId,
      target: 250,
      persons: { referred: 0, inWork: { d365: 0 } },
      quarters: [],
      referrals: { total: 0, open: 0, byStatus: { requested: 0 } },
      answers: { answered: 0, hours: { median: null, p90: null }, by: [] },
      milestones: { placed: 0 },
    })
    const { items } = (await officer.accessLog({ action: 'report.progress' })).body
    expect(items[0]).toMatchObject({
      action: 'report.progress',
      outcome: 'allowed',
      actor: { institution: 'ALA' },
    })
  })

  test('counts each person once, at the stage they have reached, and shows no few of them', async () => {
    const people = []
    for (let n = 1; n <= 3; n++) people.push(await submitted())
    expect(await report()).toMatchObject({
      persons: { referred: '<5', accepted: 0 },
      quarters: [{ quarter: '2026-Q4', persons: { referred: '<5' } }],
      referrals: { total: '<5', byStatus: { received: '<5', completed: '<5' } },
    })
    for (let n = 4; n <= 6; n++) people.push(await submitted())
    expect(await report()).toMatchObject({
      persons: { referred: 6 },
      quarters: [{ quarter: '2026-Q4', persons: { referred: 6, accepted: 0 } }],
      referrals: { total: 6, open: 6, byStatus: { received: 6, requested: 0 } },
    })

    for (const { referralId } of people) {
      await moved(referralId, 'accepted')
      await recorded(referralId, 'profiled', 'enrolled')
    }
    // The same six again: one at a time may be open.
    const second = []
    for (const { referralId, submission } of people) {
      await moved(referralId, 'completed')
      second.push(await submitted(again(submission)))
    }
    for (const { referralId } of second) {
      await moved(referralId, 'accepted')
      await recorded(referralId, 'enrolled', 'handed-over-iom')
    }
    const now = await report()
    expect(now).toMatchObject({
      persons: { referred: 6, accepted: 6, profiled: 6, enrolled: 6, handedOver: 6, placed: 0 },
      referrals: { total: 12, open: 6, byStatus: { accepted: 6, completed: 6, received: 0 } },
      answers: { answered: 12, accepted: 12, rejected: 0, silent: 0, hours: { median: 1, p90: 1 } },
      milestones: { profiled: 6, enrolled: 12, 'handed-over-iom': 6 },
    })
    expect(now.quarters).toEqual([{ quarter: '2026-Q4', persons: now.persons }])

    // One stands for both: a person is enrolled until each of their milestones is void.
    const [first, other] = [people[0], second[0]].map(one => one?.referralId ?? '')
    await ala.voidMilestone(first as string, 2)
    expect(await report()).toMatchObject({ persons: { enrolled: 6 } })
    await ala.voidMilestone(other as string, 1)
    for (const one of [1, 2]) {
      await ala.voidMilestone(people[one]?.referralId ?? '', 2)
      await ala.voidMilestone(second[one]?.referralId ?? '', 1)
    }
    expect(await report()).toMatchObject({
      persons: { enrolled: '<5' },
      milestones: { enrolled: 6 },
    })
    await recorded(other as string, 'enrolled')
    await recorded(second[1]?.referralId ?? '', 'enrolled')
    expect(await report()).toMatchObject({ persons: { enrolled: 6 } })

    // The number outlives what the person was recognised by.
    for (const { consentId } of [...people, ...second]) await withdraw(hub, igm, consentId)
    expect(await report()).toMatchObject({
      persons: { referred: 6, accepted: 6, enrolled: 6, handedOver: 6 },
      referrals: { total: 12, open: 0, byStatus: { completed: 6, cancelled: 6 } },
    })
    const rows = await rowsOf('reached#')
    expect(rows).toEqual([])
  }, 240_000)

  test('one to four more are not seen, five are', async () => {
    for (let n = 1; n <= 4; n++) await submitted()
    expect(await report()).toMatchObject({ persons: { referred: 6 }, referrals: { total: 12 } })
    await submitted()
    expect(await report()).toMatchObject({ persons: { referred: 11 }, referrals: { total: 17 } })
  })

  test('a referral entered in error was no person; one without any document is one', async () => {
    const before = await persons()
    const wrong = await submitted()
    expect(await persons()).toBe(before + 1)
    await raw(hub, 'igm-system', {
      path: `/v1/referrals/${wrong.referralId}/status`,
      body: JSON.stringify({ status: 'entered-in-error' }),
      headers: { 'if-match': '"2"', 'idempotency-key': idempotencyKey() },
    })
    expect(await persons()).toBe(before)
    const documents = [{ type: 'none', reason: 'lost' }]
    await submitted(submissionOf(1, { ...handover, payload: { identity: { documents } } }))
    expect(await persons()).toBe(before + 1)
  })

  test('a handover is nobody new, and who is placed is placed once, whoever records it', async () => {
    const before = [await persons(), await persons('placed'), await persons('handedOver')]
    const { referralId } = await submitted()
    await moved(referralId, 'accepted')
    const { body: child } = await ala.handOver(referralId, { recipient: 'OIM' })
    const [message] = (await oim.pull({ max: 1, waitSeconds: 2, content: 'none' })).body.messages
    await oim.ack([message?.handle ?? ''])
    await oim.changeStatus(child.referralId, { status: 'accepted' }, '"2"')
    await oim.recordMilestone(child.referralId, { milestone: 'placed', on: today })
    await recorded(referralId, 'placed')
    expect([await persons(), await persons('placed'), await persons('handedOver')]).toEqual(
      before.map(n => n + 1),
    )
  })

  test('a person of two documents is one, by whichever of them they come again', async () => {
    const before = await persons()
    const both = submissionOf(1, handover)
    const [document] = both.payload.identity.documents as [object]
    const other = { ...document, number: 'PRUEBA-22222' }
    both.payload.identity.documents = [document, other] as never
    const { referralId } = await submitted(both)
    await moved(referralId, 'accepted')
    await moved(referralId, 'completed')
    const next = again(both)
    next.payload.identity.documents = [other] as never
    await submitted(next)
    expect(await persons()).toBe(before + 1)
  })
})

/** Persons at a stage, as the counters have them, which no report shows so exactly. */
const persons = async (stage = 'referred'): Promise<number> =>
  (await rowsOf('progress#')).reduce((n, row) => n + Number(row[`p:${stage}`]?.N ?? 0), 0)

const rowsOf = async (prefix: string) => {
  const { DynamoDBClient, ScanCommand } = await import('@aws-sdk/client-dynamodb')
  const dynamodb = new DynamoDBClient(hub.hub.aws)
  try {
    const { Items = [] } = await dynamodb.send(
      new ScanCommand({ TableName: hub.hub.nameOf('Progress'), ConsistentRead: true }),
    )
    return Items.filter(({ pk }) => pk?.S?.startsWith(prefix))
  } finally {
    dynamodb.destroy()
  }
}
