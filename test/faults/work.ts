// For every function something for it to do, which is tried again until it is answered well: by the same words under
// the same Idempotency-Key, as partners do.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Who } from '../journeys/callers.ts'
import { type RawAnswer, idempotencyKey, raw } from '../journeys/signed-requests.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { cosignedBy } from '../journeys/cosigning.ts'
import { checkpointOf } from '../journeys/offering.ts'
import { handedOverOn, handoverConsent } from '../journeys/handovers.ts'
import { enrolledHolder, newHolder } from '../journeys/key-holders.ts'
import { oneYear, proposalOf } from '../journeys/key-changes.ts'
import { withdraw, withdrawalAt } from '../journeys/stages.ts'
import type { FaultyHub } from './inject.ts'
import type { WorkName } from './work-names.ts'

/** What is tried: its answer, or nothing where it is no request. Throws where a schedule's run failed. */
export type Work = () => Promise<RawAnswer | undefined>
/** Brings the hub to where the work begins. */
export type Prepare = () => Promise<Work>

export const workOn = async (place: FaultyHub): Promise<Record<WorkName, Prepare>> => {
  const { hub, during } = place
  const { igm, ala, submitted, acknowledged, moved, accepted } = await handedOverOn(place)
  const second = await enrolledHolder(place, 'IGM', ['liaison'])
  const dynamodb = new DynamoDBClient(hub.aws)
  let n = 0
  const next = () => (n++ % 200) + 1

  const get =
    (who: Who, path: string, query = ''): Work =>
    () =>
      raw(place, who, { path, query })
  const post = (
    who: Who,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Work => {
    const same = { 'idempotency-key': idempotencyKey(), ...headers }
    const text = JSON.stringify(body)
    return () => raw(place, who, { path, body: text, headers: same })
  }
  const run =
    (name: string): Work =>
    async () => {
      await hub.invoke(`referral-hub-${name}`, {})
      return undefined
    }
  const take = async (count = 10) => {
    const { body } = await ala.pull({ max: count, waitSeconds: 0, visibilitySeconds: 30 })
    return body.messages.map(({ handle }) => handle)
  }
  /** A referral whose message nobody has sent. */
  const unsent = async () => {
    const calls = await during('post-referral', undefined, () => submitted(next()))
    const at = calls.calls.findIndex(operation => operation.startsWith('SendMessage'))
    await during('post-referral', { mode: 'before', call: at }, () => submitted(next()))
  }
  const rowOf = async (table: string, key: Record<string, unknown>) => {
    const TableName = hub.nameOf(table)
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: marshall(key) }))
    return unmarshall(Item ?? {})
  }
  const put = (table: string, row: Record<string, unknown>) =>
    dynamodb.send(new PutItemCommand({ TableName: hub.nameOf(table), Item: marshall(row) }))
  /** One whose consent ran out years ago. */
  const ended = async () => {
    const { referralId, consentId } = await acknowledged(next())
    const times = { grantedAt: '2020-01-01T00:00:00.000Z', validUntil: '2021-01-01T00:00:00.000Z' }
    const granted = await rowOf('ConsentLedger', { consentId, n: 1 })
    await put('ConsentLedger', { ...granted, terms: { ...(granted['terms'] as object), ...times } })
    const row = await rowOf('Referrals', { pk: `referral#${referralId}` })
    await put('Referrals', { ...row, due: 'due', dueAt: times.validUntil })
  }
  const notices = '/v1/agreements/igm-ala-2026/notices'
  const amended = () => ({ kind: 'amendment', change: { targetPersons: 250 + next() } })

  return {
    'post-referral': async () => post('igm-system', '/v1/referrals', submissionOf(next())),
    'get-referral': async () => {
      const { referralId } = await submitted(next())
      return get('igm-system', `/v1/referrals/${referralId}`)
    },
    'get-referral list': async () => get('ala-system', '/v1/referrals', 'direction=received'),
    'post-status': async () => {
      const { referralId } = await submitted(next())
      const cancelled = { status: 'cancelled', reason: 'duplicate' }
      return post('igm-system', `/v1/referrals/${referralId}/status`, cancelled, {
        'if-match': '"1"',
      })
    },
    'post-status accepted': async () => {
      const { referralId } = await acknowledged(next())
      return post(
        'ala-system',
        `/v1/referrals/${referralId}/status`,
        { status: 'accepted' },
        {
          'if-match': '"2"',
        },
      )
    },
    'post-milestone': async () => {
      const { referralId } = await accepted(next())
      const path = `/v1/referrals/${referralId}/milestones`
      return post('ala-system', path, { milestone: 'profiled', on: '2026-11-21' })
    },
    'post-milestone void': async () => {
      const { referralId } = await accepted(next())
      await ala.recordMilestone(referralId, { milestone: 'profiled', on: '2026-11-21' })
      const path = `/v1/referrals/${referralId}/milestones/1/void`
      return post('ala-system', path, { reason: 'entered-in-error' })
    },
    'post-handover': async () => {
      const { referralId } = await accepted(next(), handoverConsent())
      return post('ala-system', `/v1/referrals/${referralId}/handover`, { recipient: 'OIM' })
    },
    'release-referral': async () => {
      const { referralId } = await acknowledged(next())
      const body = { purpose: 'training-referral' }
      return post('ala-system', `/v1/referrals/${referralId}/release`, body)
    },
    'pull-inbox': async () => {
      for (let i = 0; i < 2; i++) await submitted(next())
      const body = JSON.stringify({ max: 10, waitSeconds: 0, visibilitySeconds: 30 })
      return () => raw(place, 'ala-system', { path: '/v1/inbox/pull', body })
    },
    'ack-inbox': async () => {
      await submitted(next())
      return post('ala-system', '/v1/inbox/ack', { handles: await take() })
    },
    'ack-inbox return': async () => {
      await submitted(next())
      return post('ala-system', '/v1/inbox/return', { handles: await take(), delaySeconds: 0 })
    },
    'redrive-inbox': async () => {
      await unsent()
      return post('ala-liaison', '/v1/inbox/redrive', {})
    },
    'read-access-log': async () => get('igm-compliance', '/v1/access-log/cosignatures'),
    'cosign-access-log': async () => {
      const checkpoint = cosignedBy(place, 'igm-liaison', await checkpointOf(place))
      return post('igm-liaison', '/v1/access-log/cosignatures', { checkpoint })
    },
    'get-keys': async () => get('ala-system', '/v1/institutions/IGM/keys'),
    'get-me': async () => get('ala-system', '/v1/me'),
    'change-key propose': async () => {
      const body = await proposalOf(place, newHolder(), 'IGM')
      return post('igm-liaison', '/v1/institutions/IGM/keys', body)
    },
    'change-key confirm': async () => {
      const holder = newHolder()
      const propose = post(
        'igm-liaison',
        '/v1/institutions/IGM/keys',
        await proposalOf(place, holder, 'IGM'),
      )
      await propose()
      const { roles, validUntil } = oneYear
      const path = `/v1/institutions/IGM/keys/${holder.keyid}/confirmation`
      return post(second, path, { roles, validUntil })
    },
    'get-agreement': async () => get('igm-liaison', '/v1/agreements/igm-ala-2026'),
    'post-notice': async () => post('igm-signatory', notices, amended()),
    'post-notice agreed': async () => {
      const body = amended()
      await post('igm-signatory', notices, body)()
      return post('ala-signatory', notices, body)
    },
    'get-receipt': async () => {
      const { referralId } = await submitted(next())
      await run('SequenceAccessLog')()
      return get('igm-system', `/v1/referrals/${referralId}/receipt`)
    },
    'get-consent': async () => {
      const { consentId } = await submitted(next())
      await withdraw(place, igm, consentId)
      return get('igm-system', `/v1/consents/${consentId}/certificate`)
    },
    'withdraw-consent': async () => {
      const { consentId, referralId } = await acknowledged(next())
      await moved(referralId, 'accepted')
      return post('igm-system', `/v1/consents/${consentId}/withdrawal`, withdrawalAt(place))
    },
    'confirm-deletion': async () => {
      const { consentId } = await acknowledged(next())
      await withdraw(place, igm, consentId)
      const { at } = withdrawalAt(place)
      return post('ala-system', `/v1/consents/${consentId}/deletion-confirmation`, { at })
    },
    'get-access-log': async () => {
      await submitted(next())
      return get('igm-compliance', '/v1/access-log', 'action=referral.submit')
    },
    'get-access-log summary': async () => {
      await submitted(next())
      return get('igm-compliance', '/v1/access-log/summary')
    },
    'get-progress': async () => {
      await submitted(next())
      return get('igm-liaison', '/v1/reports/progress', 'agreementId=igm-ala-2026')
    },
    'get-health': async () => async () => {
      await (await fetch(`${place.url}/v1/health`)).arrayBuffer()
      return undefined
    },
    'relay-outbox': async () => {
      await unsent()
      return run('RelayOutbox')
    },
    'run-due-work': async () => {
      await ended()
      return run('RunDueWork')
    },
    'sequence-access-log': async () => {
      await submitted(next())
      return run('SequenceAccessLog')
    },
  }
}
