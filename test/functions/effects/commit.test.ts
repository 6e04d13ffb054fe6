// The one way to an effect: what is counted, chained and sent with it, over the embedded tables.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hubActor } from '../../../events/access-log.ts'
import { hex, utf8 } from '../../../log/bytes.ts'
import { leafHash } from '../../../log/merkle.ts'
import { accessLog } from '../../../functions/aws/access-log/pending.ts'
import { Moved, transact } from '../../../functions/aws/dynamodb.ts'
import type { Inbox } from '../../../functions/aws/inbox.ts'
import { outbox } from '../../../functions/aws/outbox.ts'
import type { NewReferral, ReferralRow, Side } from '../../../functions/aws/referral-row.ts'
import { referrals } from '../../../functions/aws/referrals.ts'
import { progress } from '../../../functions/aws/progress.ts'
import { requests } from '../../../functions/aws/requests.ts'
import { newId, now } from '../../../functions/aws/runtime.ts'
import { type CommitDeps, type Committing, commit } from '../../../functions/effects/commit.ts'
import type { Message } from '../../../functions/effects/messages.ts'
import { InstitutionCode, Keyid, type RequestId } from '../../../schemas/ids.ts'
import type { QueueMessage } from '../../../schemas/inbox.ts'
import { ownTables } from '../aws/own-tables.ts'
import { newReferral } from '../aws/rows.ts'

const { dynamodb, tableOf } = await ownTables()
const rows = referrals({ dynamodb, table: tableOf('Referrals') })
const log = accessLog({ dynamodb, table: tableOf('AccessLog') })
const kept = outbox({ dynamodb, table: tableOf('Outbox') })

beforeAll(() => void vi.stubEnv('HUB_NAME', 'referral-hub.example'))
afterAll(() => void vi.unstubAllEnvs())

/** Everything real but the queue, which takes note, or fails. */
const deps = ({ down = false } = {}) => {
  const sent: QueueMessage[] = []
  const send: Inbox['send'] = async (_, messages) => {
    if (down) throw new Error('no queue')
    sent.push(...messages)
    return []
  }
  const made: CommitDeps = {
    transact: transact(dynamodb),
    accessLog: log,
    outbox: kept,
    inbox: { send },
    progress: progress({ dynamodb, table: tableOf('Progress') }),
  }
  return { made, sent }
}
/** Referral and sequence of all that an inbox is owed and due, in the order of the rows. */
const owedTo = async (inbox: string) => {
  const { named } = await kept.due(InstitutionCode.parse(inbox), now())
  const owed = await kept.read(named.toSorted((a, b) => a.n - b.n))
  return owed.map(row => {
    const { event } = kept.owedOf(row).message
    return [event.subject, event.sequence]
  })
}
const byTheClock = (): Committing => ({
  actor: hubActor,
  evidence: { id: newId<RequestId>(), method: 'SCHEDULE', path: '/run-due-work' },
})

const submitted = async (with_: CommitDeps) => {
  const row: NewReferral = newReferral()
  await commit(
    {
      occurrences: [{ action: 'referral.submit', outcome: 'allowed', referralId: row.referralId }],
      writes: [rows.add(row, now())],
    },
    byTheClock(),
    with_,
  )
  return row.referralId
}
const found = async (id: NewReferral['referralId']) => {
  const row = await rows.find(id)
  if (!row) throw new Error('no row')
  return row
}

const newsFor = (to: Side, referral: ReferralRow): Message => ({
  to,
  referral,
  type: 'consent.expired.v1',
  data: { consentId: referral.consentId },
})

describe('messages of an effect', () => {
  test('are numbered in each inbox on from what its side was sent, and the row counts them', async () => {
    const { made, sent } = deps()
    const id = await submitted(made)
    for (let n = 0; n < 2; n++) {
      const referral = await found(id)
      await commit(
        {
          occurrences: [],
          writes: [rows.change(referral, {}, now())],
          messages: (['recipient', 'referrer', 'recipient'] as const).map(to =>
            newsFor(to, referral),
          ),
        },
        byTheClock(),
        made,
      )
    }
    const inOrder = (inbox: string) =>
      sent.filter(message => message.inbox === inbox).map(({ event }) => event.sequence)
    expect(inOrder('ALA')).toEqual(['1', '2', '3', '4'])
    expect(inOrder('IGM')).toEqual(['1', '2'])
    expect(await found(id)).toMatchObject({ sentToRecipient: 4, sentToReferrer: 2 })
    // Owed until they are acknowledged.
    expect(await owedTo('ALA')).toEqual(['1', '2', '3', '4'].map(n => [id, n]))
    expect(await owedTo('IGM')).toEqual(['1', '2'].map(n => [id, n]))
  })

  test('about a referral whose row does not change with them are a fault, and nothing happens', async () => {
    const { made, sent } = deps()
    const referral = await found(await submitted(made))
    const news = newsFor('referrer', referral)
    const effect = { occurrences: [], writes: [], messages: [news] }
    await expect(commit(effect, byTheClock(), made)).rejects.toThrow('does not change with it')
    expect(sent).toEqual([])
  })

  test('wait in the outbox where the queue does not answer: the effect stands', async () => {
    const { made } = deps({ down: true })
    const referral = await found(await submitted(made))
    const news = newsFor('referrer', referral)
    const writes = [rows.change(referral, {}, now())]
    await commit({ occurrences: [], writes, messages: [news] }, byTheClock(), made)
    expect(await owedTo('IGM')).toContainEqual([referral.referralId, '1'])
  })

  test('are not for a door that was given nothing to send them with', async () => {
    const { made } = deps()
    const referral = await found(await submitted(made))
    const news = newsFor('referrer', referral)
    const { outbox: _outbox, inbox: _inbox, ...without } = made
    const writes = [rows.change(referral, {}, now())]
    const told = commit({ occurrences: [], writes, messages: [news] }, byTheClock(), without)
    await expect(told).rejects.toThrow('may send none')
    expect((await found(referral.referralId)).revision).toBe(referral.revision)
  })
})

describe('the entries of an effect', () => {
  test('are chained to the last one that changed their referral, each to the one before', async () => {
    const { made } = deps()
    const id = await submitted(made)
    const leaves: string[] = []
    const watched: CommitDeps = {
      ...made,
      accessLog: {
        append: (entry, agreementId) => {
          leaves.push(JSON.stringify(entry))
          return log.append(entry, agreementId)
        },
      },
    }
    const before = await found(id)
    const about = { outcome: 'allowed', referralId: id } as const
    const ids = await commit(
      {
        occurrences: [
          { action: 'consent.expire', ...about },
          { action: 'referral.shred', ...about },
        ],
        writes: [rows.change(before, {}, now())],
      },
      byTheClock(),
      watched,
    )
    const [first, second] = leaves.map(
      leaf => JSON.parse(leaf) as { id: string; chain: { n: number; prevHash: string } },
    )
    expect([first?.id, second?.id]).toEqual(ids)
    expect([...ids].toSorted()).toEqual(ids)
    expect(first?.chain).toEqual({ n: 2, prevHash: before.chain.hash })
    const hashes = leaves.map(leaf => hex(leafHash(utf8(leaf))))
    expect(second?.chain).toEqual({ n: 3, prevHash: hashes[0] })
    expect((await found(id)).chain).toEqual({ n: 3, hash: hashes[1] })
  })

  test('are not there where a row has moved, and nothing was sent', async () => {
    const { made, sent } = deps()
    const stale = await found(await submitted(made))
    await commit({ occurrences: [], writes: [rows.change(stale, {}, now())] }, byTheClock(), made)
    const news = newsFor('referrer', stale)
    const again = { occurrences: [], writes: [rows.change(stale, {}, now())], messages: [news] }
    await expect(commit(again, byTheClock(), made)).rejects.toThrow(Moved)
    expect(sent).toEqual([])
  })
})

test('the first effect of a request spends its nonce, the others do not ask for it again', async () => {
  const { made } = deps()
  const spends: number[] = []
  const counting: CommitDeps = {
    ...made,
    transact: async writes => {
      spends.push(writes.filter(write => write === spend).length)
    },
  }
  const { spendNonce } = requests({ dynamodb, table: tableOf('Requests') })
  const spend = spendNonce(Keyid.parse('k'.repeat(43)), 'once', newId<RequestId>())
  const request: Committing = { ...byTheClock(), nonce: { spend, spent: false } }
  const failing = { ...counting, transact: () => Promise.reject(new Moved()) }
  await expect(commit({ occurrences: [] }, request, failing)).rejects.toThrow(Moved)
  await commit({ occurrences: [] }, request, counting)
  await commit({ occurrences: [] }, request, counting)
  expect(spends).toEqual([1, 0])
})
