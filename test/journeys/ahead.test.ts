// What a door asks for first is read with its caller's key: for whom, which rows, and for how long they count.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { answerOf } from '../../infra/local/aws-error.ts'
import { newKey } from '../../signatures/keys.ts'
import { hubFileOf, systemsOf } from './callers.ts'
import { type RawOptions, idempotencyKey, raw, send, signed, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { type Watched, watchedHub } from './watched-hub.ts'

const hub = await watchedHub()
const { igm, ala } = await systemsOf(hub)
const keyRow = (name: string) =>
  `Directory key#${hubFileOf(hub).keys.find(key => key.name === name)?.keyid}`
const { referralId, consentId } = (await igm.submitReferral(submissionOf(1))).body
const referral = `Referrals referral#${referralId}`
const path = `/v1/referrals/${referralId}`
const look = (who: Parameters<typeof raw>[1], options: Partial<RawOptions> = {}) =>
  raw(hub, who, { path, ...options })
const reads = (calls: Watched[]) =>
  calls.filter(({ operation }) => operation === 'BatchGetItem').map(({ rows }) => rows)
/** Log's head and the key's bucket apart: they are read as often as they have to be. */
const rowsOf = (read: string[] | undefined) =>
  (read ?? []).filter(row => !/^(AccessLog head|Requests bucket#)/.test(row)).toSorted()

describe('a caller whom the function knows', () => {
  test('is read with all that its request asks for: nothing else is read', async () => {
    const submit = () => submitRaw(hub, submissionOf(2))
    await submit()
    const [{ status }, calls] = await hub.during(submit)
    expect(status).toBe(201)
    expect(reads(calls).map(rowsOf)).toEqual([
      [
        'Directory agreement#igm-ala-2026',
        keyRow('igm-system'),
        expect.stringMatching(/^Requests answer#/),
      ],
    ])
  })

  test('by the referral that its path names, and the key of its own number for a referrer alone', async () => {
    for (const [who, rows] of [
      ['igm-system', [keyRow('igm-system'), `ReferralKeys ${referralId}`, referral]],
      ['ala-system', [keyRow('ala-system'), referral]],
    ] as const) {
      await look(who)
      const [{ status }, calls] = await hub.during(() => look(who))
      expect(status).toBe(200)
      expect(reads(calls).map(rowsOf)).toEqual([rows])
    }
  })

  test('by the consent that its path names; the ledger ends where its next event is not', async () => {
    const read = () => raw(hub, 'igm-system', { path: `/v1/consents/${consentId}` })
    await read()
    const [{ status }, calls] = await hub.during(read)
    expect(status).toBe(200)
    const ledger = [1, 2].map(n => `ConsentLedger ${consentId} ${n}`)
    expect(reads(calls).map(rowsOf)).toEqual([[...ledger, keyRow('igm-system')], [referral]])
  })

  test('by the handles that were given to it; what else a body names is not looked for', async () => {
    const [message] = (await ala.pull({ max: 1, waitSeconds: 5 })).body.messages
    const handle = message?.handle ?? ''
    await ala.returnMessages([handle])
    const other = Buffer.from(JSON.stringify([referralId, 1, 'x'])).toString('base64url')
    const forged = `${other}${'A'.repeat(43)}`
    const [{ body }, calls] = await hub.during(() => ala.returnMessages([forged, handle]))
    expect(body.results.map(({ ok }) => ok)).toEqual([false, true])
    expect(reads(calls).map(rowsOf)).toEqual([
      [keyRow('ala-system'), `Referrals referral#${message?.event.subject}`],
    ])
  })

  test('asks for an agreement by a look at the body: what is none, or not there, has nothing read', async () => {
    for (const agreementId of ['key#x', 'a"b', 7, ['igm-ala-2026'], undefined]) {
      const body = JSON.stringify({ ...submissionOf(3), agreementId })
      const [{ json }, calls] = await hub.during(() => submitRaw(hub, body))
      expect([json.code, json.errors?.[0]?.pointer]).toEqual(['invalid-request', '/agreementId'])
      expect(calls.flatMap(({ rows }) => rows).filter(row => /agreement#/.test(row))).toEqual([])
    }
    // A look that is misled has nothing read either: the door reads what the member says.
    const misled = JSON.stringify({ ...submissionOf(3), externalId: 'agreementId' })
    const [{ status }, calls] = await hub.during(() => submitRaw(hub, misled))
    expect(status).toBe(201)
    const agreement = 'Directory agreement#igm-ala-2026'
    expect(reads(calls).map(rows => rows.includes(agreement))).toEqual([false, true])
  })
})

const judged = () =>
  look('igm-compliance', {
    path: `${path}/status`,
    body: '{"status":"accepted"}',
    headers: { 'idempotency-key': idempotencyKey(), 'if-match': '"1"' },
  })

describe('nobody else makes a row be read', () => {
  test('not a stranger, however often', async () => {
    const stranger = await newKey()
    for (let times = 0; times < 3; times++) {
      const [{ json }, calls] = await hub.during(() => look(stranger))
      expect(json.code).toBe('key-unknown')
      expect(calls.map(({ rows }) => rows)).toEqual([[`Directory key#${stranger.keyid}`]])
    }
  })

  test('not whoever names a key that is known, without its signature', async () => {
    await look('igm-system')
    const [{ json }, calls] = await hub.during(() =>
      look('igm-system', {
        tamper: ({ headers }) =>
          headers.set('signature', `hub=:${Buffer.alloc(64, 7).toString('base64')}:`),
      }),
    )
    expect(json.code).toBe('signature-invalid')
    expect(calls.map(({ rows }) => rows)).toEqual([[keyRow('igm-system')]])
  })

  test('a key that is new to a function is read alone, and what its request asks for once it holds', async () => {
    hub.fresh('GetReferral')
    const [{ status }, calls] = await hub.during(() => look('ala-system'))
    expect(status).toBe(200)
    expect(reads(calls).map(rowsOf)).toEqual([[keyRow('ala-system')], [referral]])
  })

  test('not a key without a role for the route', async () => {
    await judged()
    const [{ json }, calls] = await hub.during(judged)
    expect(json.code).toBe('forbidden')
    expect(reads(calls).map(rowsOf)[0]).toEqual([keyRow('igm-compliance')])
    expect(calls.flatMap(({ rows }) => rows).filter(row => row.includes(referralId))).toEqual([])
  })

  test('not a request that was served, and is sent again', async () => {
    const request = signed(hub, 'igm-system', { path })
    expect((await send(request)).status).toBe(200)
    const [{ json }, calls] = await hub.during(() => send(request))
    expect(json.code).toBe('nonce-reused')
    expect(calls.map(({ rows }) => rowsOf(rows))).toEqual([[keyRow('igm-system')]])
  })
})

/** Moves the referral as it is at `version`: ALA accepts, IGM cancels. */
const move = (who: 'ala-system' | 'igm-system', version: number, key = idempotencyKey()) =>
  look(who, {
    path: `${path}/status`,
    body: JSON.stringify(
      who === 'ala-system' ? { status: 'accepted' } : { status: 'cancelled', reason: 'other' },
    ),
    headers: { 'if-match': `"${version}"`, 'idempotency-key': key },
  })

describe('what was read ahead', () => {
  test('serves one run: when a row has moved, the door decides by what is there now', async () => {
    const { messages } = (await ala.pull({ max: 10, waitSeconds: 5 })).body
    const { handle = '' } = messages.find(({ event }) => event.subject === referralId) ?? {}
    expect((await move('igm-system', 7)).json.code).toBe('version-mismatch')
    let moved = false
    const [{ json }, calls] = await hub.during(
      () => move('igm-system', 1),
      ({ operation, role }, pass) => {
        if (operation !== 'TransactWriteItems' || role !== 'PostStatusRole' || moved)
          return undefined
        moved = true
        return ala.ack([handle]).then(pass)
      },
    )
    expect(json.code).toBe('version-mismatch')
    const asked = calls.filter(({ role }) => role === 'PostStatusRole')
    const read = reads(asked).filter(rows => rows.includes(referral))
    expect(read.map(rows => rows.includes(keyRow('igm-system')))).toEqual([true, false])
  })

  test('has the stored answer: a repeated status is answered, not refused', async () => {
    const key = idempotencyKey()
    const first = await move('ala-system', 2, key)
    expect(first.status).toBe(200)
    const [again, calls] = await hub.during(() => move('ala-system', 2, key))
    expect([again.status, again.text]).toEqual([200, first.text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(reads(calls)).toHaveLength(1)
  })

  test('may lack what DynamoDB left out: who asks for it reads it then', async () => {
    let left = 0
    const [{ status }, calls] = await hub.during(
      () => look('igm-system'),
      ({ operation }, pass) => {
        if (operation !== 'BatchGetItem' || left++ > 0) return undefined
        return pass().then(({ body }) => {
          const { Responses } = JSON.parse(body.toString()) as {
            Responses: Record<string, { pk: { S: string } }[]>
          }
          const UnprocessedKeys = Object.fromEntries(
            ['Directory', 'Referrals']
              .map(name => hub.hub.nameOf(name))
              .map(table => [table, { Keys: Responses[table]?.map(({ pk }) => ({ pk })) ?? [] }]),
          )
          const rest = Object.entries(Responses).filter(([table]) => !(table in UnprocessedKeys))
          return answerOf('dynamodb', { Responses: Object.fromEntries(rest), UnprocessedKeys })
        })
      },
    )
    expect(status).toBe(200)
    expect(reads(calls).slice(1)).toEqual([[keyRow('igm-system')], [referral]])
  })
})

test('a key that was revoked makes nothing be read from its next request on', async () => {
  await look('oim-system')
  await hub.dynamodb.send(
    new UpdateItemCommand({
      TableName: hub.hub.nameOf('Directory'),
      Key: { pk: { S: keyRow('oim-system').replace('Directory ', '') } },
      UpdateExpression: 'SET revokedAt = :at',
      ExpressionAttributeValues: { ':at': { S: '2026-11-21T12:00:00.000Z' } },
    }),
  )
  expect((await look('oim-system')).json.code).toBe('key-revoked')
  const [{ json }, calls] = await hub.during(() => look('oim-system'))
  expect(json.code).toBe('key-revoked')
  expect(calls.map(({ rows }) => rows)).toEqual([[keyRow('oim-system')]])
})
