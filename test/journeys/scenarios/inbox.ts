// Inboxes: pulled from, acknowledged, sent to again.
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import { idempotencyKey } from '../signed-requests.ts'
import { messagesIn } from '../drill.ts'
import { type Refuse, type Tools, pulledOf, well } from './tools.ts'

export const inboxScenarios = (tools: Tools, refuse: Refuse) => {
  const { hub, ala, stage, sqs, next, post, sent, rowOf, put, pull, drained, personOf } = tools
  /** The handle of the next message for ALA. */
  const taken = async () => pulledOf(await pull({ max: 1, waitSeconds: 0 }))[0]?.handle ?? ''

  return {
    'pull-inbox': async () => {
      await drained()
      const { referralId } = await stage.submitted(next())
      const [message] = pulledOf(well(await pull({ max: 1, waitSeconds: 1 })))
      expect([message?.event.subject, message?.payload !== undefined]).toEqual([referralId, true])
      await ala.ack([message?.handle ?? ''])
      // What was acknowledged and is delivered all the same is taken off the queue.
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: hub.nameOf('InboxALA'),
          MessageBody: JSON.stringify({ inbox: 'ALA', event: message?.event }),
          MessageGroupId: referralId,
          MessageDeduplicationId: idempotencyKey(),
        }),
      )
      expect(pulledOf(well(await pull({ max: 1, waitSeconds: 0, visibilitySeconds: 30 })))).toEqual(
        [],
      )
      // What cannot be opened is given back at once.
      const given = await stage.submitted(next())
      refuse({ role: 'PullInboxRole', action: 'kms:Sign' })
      expect((await pull({ max: 1, waitSeconds: 0 })).json.code).toBe('log-stale')
      refuse()
      const [again] = pulledOf(well(await pull({ max: 1, waitSeconds: 0 })))
      expect(again?.event.subject).toBe(given.referralId)
      await ala.ack([again?.handle ?? ''])
      expect(await messagesIn(hub, 'InboxALA')).toEqual([])
      // What comes too soon goes, and comes behind what it must follow. Not where the minute was just over: then again.
      const tooSoon = async () => {
        refuse({ role: 'PostReferralRole', action: 'sqs:SendMessage' })
        const unsent = await stage.submitted(next())
        refuse()
        const path = `/v1/referrals/${unsent.referralId}/status`
        const cancelled = { status: 'cancelled', reason: 'duplicate' }
        well(await post('igm-system', path, cancelled, { 'if-match': '"1"' }))
        return pulledOf(well(await pull({ max: 1, waitSeconds: 0 }))).length
      }
      expect((await tooSoon()) && (await tooSoon())).toBe(0)
      await hub.invoke('referral-hub-RelayOutbox', {})
      await drained()
    },

    'redrive-inbox': async () => {
      // None is under way that one before was refused in: it would go on with that, and count nothing.
      await put('Outbox', { pk: 'redrive#ALA', n: 1 })
      refuse({ role: 'PostReferralRole', action: 'sqs:SendMessage' })
      const { referralId } = await sent('ALA', 0, () => stage.submitted(next()))
      refuse()
      const { json } = well(await post('ala-liaison', '/v1/inbox/redrive', {}))
      expect(json.redriven).toBeGreaterThan(0)
      const row = await rowOf('Outbox', { pk: `ALA#${referralId}`, n: 1 })
      expect(row).toMatchObject({ sends: 2 })
      await drained()
    },

    'ack-inbox': async () => {
      await drained()
      const { referralId } = await stage.submitted(next())
      // As if nothing had counted it yet.
      const { counted: _, ...uncounted } = (await personOf(referralId, {})) ?? {}
      await put('Referrals', uncounted)
      const back = { handles: [await taken()], delaySeconds: 0 }
      well(await post('ala-system', '/v1/inbox/return', back))
      const handle = await taken()
      expect(handle).not.toBe('')
      const owed = { pk: `ALA#${referralId}`, n: 1 }
      expect(await rowOf('Outbox', owed)).toBeDefined()
      const ack = async () => well(await post('ala-system', '/v1/inbox/ack', { handles: [handle] }))
      // It goes from the queue too, where it would be out until its lease ends.
      await sent('ALA', -1, () => sent('IGM', 1, ack))
      expect(await rowOf('Referrals', { pk: `referral#${referralId}` })).toMatchObject({
        deliveryState: 'acknowledged',
      })
      expect(await rowOf('Outbox', owed)).toBeUndefined()
    },

    'relay-outbox': async () => {
      refuse({ role: 'PostReferralRole', action: 'sqs:SendMessage' })
      const { referralId } = await sent('ALA', 0, () => stage.submitted(next()))
      refuse()
      const name = { pk: `ALA#${referralId}`, n: 1 }
      const due = await rowOf('Outbox', name)
      await sent('ALA', 1, () => hub.invoke('referral-hub-RelayOutbox', {}))
      const then = await rowOf('Outbox', name)
      expect(then?.['nextSendAt'] > due?.['nextSendAt']).toBe(true)
      // What was sent long ago goes again, with all that is owed after it.
      await put('Outbox', { ...then, nextSendAt: due?.['nextSendAt'] })
      await sent('ALA', 1, () => hub.invoke('referral-hub-RelayOutbox', {}))
      // So does what a redrive had not come to.
      const begun = { pk: 'redrive#ALA', n: 1 }
      const since = new Date(Date.parse(String(due?.['nextSendAt'])) + 3_600_000).toISOString()
      await put('Outbox', { ...begun, inbox: 'ALA', since, nextSendAt: due?.['nextSendAt'] })
      await hub.invoke('referral-hub-RelayOutbox', {})
      expect(await rowOf('Outbox', begun)).toEqual(begun)
    },
  }
}
