// Journeys while DynamoDB is busy: conflicts and throttling by a seed, on every kind of call. Nobody is refused for it,
// nothing happens twice.
import { expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { randomOf } from '../functions/aws/access-log/simulation.ts'
import { callerOf, inboxOf, systemsOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { type Fault, type Faults, exception, faultyHub } from './faulty-endpoint.ts'
import { enrolledHolder, newHolder } from './key-holders.ts'
import { changeKey, oneYear, proposalOf } from './key-changes.ts'
import { withdrawalAt } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await faultyHub()
const { igm, ala } = await systemsOf(hub)
const officer = await callerOf(hub, 'igm-compliance')
const second = await enrolledHolder(hub, 'IGM', ['liaison'])

const random = randomOf(11)
const met: Record<string, number> = {}
const cancelled = (code: string, items: unknown[]): Fault => {
  const at = Math.floor(random() * items.length)
  return exception('TransactionCanceledException', {
    CancellationReasons: items.map((_, i) => ({ Code: i === at ? code : 'None' })),
  })
}
/** One call of eight is refused, most of them as somebody else being at it. */
const busy: Faults = (operation, { TransactItems = [] }) => {
  const single = /^(Put|Update|Delete)Item$/.test(operation)
  const drawn = random()
  const kind =
    operation === 'TransactWriteItems' && drawn < 0.2
      ? (
          [
            'TransactionConflict',
            'TransactionConflict',
            'ThrottlingError',
            'ProvisionedThroughputExceeded',
          ] as const
        )[Math.floor(drawn * 20)]
      : single && drawn < 0.2
        ? 'TransactionConflictException'
        : drawn > 0.99
          ? 'ThrottlingException'
          : drawn > 0.98
            ? 'ProvisionedThroughputExceededException'
            : undefined
  if (!kind) return undefined
  met[`${operation} ${kind}`] = (met[`${operation} ${kind}`] ?? 0) + 1
  return kind.endsWith('Exception') ? exception(kind) : cancelled(kind, TransactItems)
}

test(
  'journeys succeed, each effect is there once, and the log verifies',
  { timeout: 240_000 },
  async () => {
    hub.meet(busy)
    const ids: string[] = []
    for (let n = 1; n <= 8; n++)
      ids.push((await igm.submitReferral(submissionOf(n))).body.referralId)
    const inbox = inboxOf(ala)
    for (const id of ids) {
      const [message] = await inbox.about(id)
      expect(message?.payload).toBeDefined()
      await ala.ack([message?.handle ?? ''])
      const etag = (await ala.getReferral(id)).headers.get('etag') as string
      await ala.changeStatus(id, { status: 'accepted' }, etag)
      expect((await ala.release(id, 'training-referral')).body.payload).toBeDefined()
    }
    for (const id of ids.slice(0, 3)) {
      const { consentId } = (await igm.getReferral(id)).body
      await igm.withdrawConsent(consentId, withdrawalAt(hub))
    }
    const holder = newHolder()
    const { roles, validUntil } = oneYear
    const proposal = await proposalOf(hub, holder, 'IGM')
    const answers = [
      await changeKey(hub, 'igm-liaison', 'IGM/keys', proposal),
      await changeKey(hub, second, `IGM/keys/${holder.keyid}/confirmation`, { roles, validUntil }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 200])
    const seen: AccessLogEntry[] = []
    for await (const entry of officer.everyEntry({})) seen.push(entry)
    hub.meet(() => undefined)

    // Nothing was refused or failed, and nothing is there twice.
    expect(seen.filter(({ outcome }) => outcome !== 'allowed')).toEqual([])
    const of = (action: string) => seen.filter(entry => entry.action === action)
    expect([of('referral.submit').length, of('consent.withdraw').length]).toEqual([8, 3])
    expect(of('referral.status').length).toBe(8)
    const told = inboxOf(igm)
    for (const id of ids) {
      const sequences = (await told.about(id)).map(({ event }) => Number(event.sequence))
      expect(sequences).toEqual(sequences.map((_, i) => i + 1))
    }
    expect(await verifiedLog(hub)).toMatchObject({ ok: true })
    // It was rough: conflicts of both kinds, and throttling.
    for (const kind of [
      'TransactWriteItems TransactionConflict',
      'UpdateItem TransactionConflictException',
      'TransactWriteItems ThrottlingError',
    ])
      expect(met[kind] ?? 0).toBeGreaterThan(0)
  },
)
