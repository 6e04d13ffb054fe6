// For each function, what it is there for, done through the front door and looked at afterwards: what its role allows
// is all needed here, and any of it that is missing shows (permitted.used.long.test.ts).
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import { Certificate } from '../../schemas/certificate.ts'
import { hubNow, idempotencyKey, submissionOf } from './callers.ts'
import { checkpointOf, cosignedBy, offer } from './cosigning.ts'
import { messagesIn, putBack, rowsOf } from './drill.ts'
import { handoverConsent } from './handovers.ts'
import { changeKey, enrolledHolder, newHolder, oneYear, proposalOf } from './key-holders.ts'
import { type Place, pulledOf, scenarioTools, well } from './scenario-tools.ts'
import { withdrawalAt } from './stages.ts'

/** Calls that are refused although their statement stands, while a scenario needs a thing to fail. */
export type Refusing = { role: string; action: string }

export const scenariosOf = async (place: Place, refuse: (what?: Refusing) => void) => {
  const tools = await scenarioTools(place)
  const { hub, igm, ala, stage, sqs, next, get, post, twice, sent } = tools
  const { rowOf, put, pull, drained, stop } = tools
  const second = await enrolledHolder(place, 'IGM', ['liaison'])
  const pendingRows = async () =>
    (await rowsOf(hub, 'AccessLog')).filter(({ pk }) => pk?.S?.startsWith('pending'))
  /** The handle of the next message for ALA. */
  const taken = async () => pulledOf(await pull({ max: 1, waitSeconds: 0 }))[0]?.handle ?? ''

  /** A referral's person as another referral of theirs has left them: what is usual was guessed wrong. */
  const personOf = async (referralId: string, change: object) => {
    const referral = await rowOf('Referrals', { pk: `referral#${referralId}` })
    const { person: pk } = (referral?.['counted'] ?? {}) as { person?: string }
    const { revision, reached, ...row } = (await rowOf('Progress', { pk })) ?? {}
    const more = { reached: { ...(reached as object), ...change } }
    await put('Progress', {
      ...row,
      ...('referrals' in change ? change : more),
      revision: revision + 1,
    })
    return referral
  }

  const ended = async (first: (referralId: string) => Promise<void> = async () => {}) => {
    const { referralId, consentId } = await stage.acknowledged(next())
    await first(referralId)
    // As if the consent had run out, and the time for which content is kept with it, years ago.
    const key = { consentId, n: 1 }
    const granted = (await rowOf('ConsentLedger', key)) as { terms: object }
    const times = {
      grantedAt: '2020-01-01T00:00:00.000Z',
      validUntil: '2021-01-01T00:00:00.000Z',
    }
    await put('ConsentLedger', { ...granted, terms: { ...granted.terms, ...times } })
    const row = await rowOf('Referrals', { pk: `referral#${referralId}` })
    await put('Referrals', { ...row, due: 'due', dueAt: times.validUntil })
    // Each side hears that the consent has expired, and that the referral is cancelled.
    await sent('ALA', 2, () => sent('IGM', 2, () => hub.invoke('referral-hub-RunDueWork', {})))
    expect(await rowOf('ReferralKeys', { referralId })).toBeUndefined()
    const after = await rowOf('Referrals', { pk: `referral#${referralId}` })
    expect(after).toMatchObject({ contentState: 'shredded', status: 'cancelled' })
  }

  return {
    stop,

    'post-referral': async () => {
      const submission = submissionOf(next())
      const { json } = await sent('ALA', 1, () => twice('igm-system', '/v1/referrals', submission))
      expect(await rowOf('ReferralKeys', { referralId: json.referralId })).toBeDefined()
      // The same person, again.
      const path = `/v1/referrals/${String(json.referralId)}/status`
      const cancelled = { status: 'cancelled', reason: 'duplicate' }
      well(await post('igm-system', path, cancelled, { 'if-match': '"1"' }))
      const { payload } = submission
      well(await post('igm-system', '/v1/referrals', { ...submissionOf(next()), payload }))
    },

    'get-referral': async () => {
      const { referralId } = await stage.submitted(next())
      const { json } = well(await get('igm-system', `/v1/referrals/${referralId}`))
      expect(json.externalId).toMatch(/PRUEBA/)
      for (const [who, direction] of [
        ['igm-system', 'sent'],
        ['ala-system', 'received'],
      ] as const) {
        const list = well(await get(who, '/v1/referrals', `direction=${direction}`))
        expect((list.json.items as object[]).length).toBeGreaterThan(0)
      }
    },

    'post-status': async () => {
      const { referralId } = await stage.submitted(next())
      const change = { status: 'cancelled', reason: 'duplicate' }
      const path = `/v1/referrals/${referralId}/status`
      const { json } = await sent('ALA', 1, () =>
        twice('igm-system', path, change, { 'if-match': '"1"' }),
      )
      expect([json.status, json.externalId]).toEqual(['cancelled', expect.stringMatching(/PRUEBA/)])
      const guards = (await rowsOf(hub, 'Referrals')).filter(
        ({ heldBy }) => heldBy?.S === referralId,
      )
      // The external id stays taken; the person may be referred again.
      expect(guards.filter(({ pk }) => /^(person|document)/.test(pk?.S ?? ''))).toEqual([])
      const again = await stage.acknowledged(next())
      await personOf(again.referralId, { accepted: 1 })
      await stage.moved(again.referralId, 'accepted')
    },

    'post-milestone': async () => {
      const { referralId } = await stage.acknowledged(next())
      await stage.moved(referralId, 'accepted')
      await personOf(referralId, { profiled: 1 })
      const path = `/v1/referrals/${referralId}/milestones`
      const profiled = { milestone: 'profiled', on: '2026-11-21' }
      const { json } = await sent('IGM', 1, () => twice('ala-system', path, profiled))
      expect(json.milestones).toMatchObject([{ n: 1, ...profiled }])
      const wrong = { reason: 'entered-in-error' }
      await sent('IGM', 1, () => twice('ala-system', `${path}/1/void`, wrong))
    },

    'get-agreement': async () => {
      const list = well(await get('igm-liaison', '/v1/agreements'))
      expect(list.json.items).toMatchObject([{ agreementId: 'igm-ala-2026' }])
      const { json } = well(await get('ala-compliance', '/v1/agreements/igm-ala-2026'))
      expect(json).toMatchObject({ state: 'in-force', parties: ['IGM', 'ALA'] })
    },

    'post-notice': async () => {
      const path = '/v1/agreements/igm-ala-2026/notices'
      const give = (who: 'igm-signatory' | 'ala-signatory', body: object) => twice(who, path, body)
      const change = { onwardRecipients: ['OIM'], targetPersons: 250 + next() }
      for (const body of [{ kind: 'amendment', change }, { kind: 'breach' }, { kind: 'lift' }])
        for (const who of ['igm-signatory', 'ala-signatory'] as const) await give(who, body)
      const { json } = well(await get('igm-liaison', '/v1/agreements/igm-ala-2026'))
      expect(json).toMatchObject({ state: 'in-force', targetPersons: change.targetPersons })
      const gates = (await rowsOf(hub, 'Directory')).filter(({ pk }) =>
        pk?.S?.startsWith('agreement-gate#'),
      )
      expect(gates).toEqual([])
      // A termination shuts the work under it. The other scenarios need it: it is put back.
      const Directory = await rowsOf(hub, 'Directory')
      await give('igm-signatory', { kind: 'termination', cause: 'confidentiality' })
      expect(await rowOf('Directory', { pk: 'agreement-ended#ALA' })).toBeDefined()
      await putBack(hub, { tables: { Directory }, messages: [], texts: [] }, 'Directory')
    },

    'post-handover': async () => {
      const { referralId } = await stage.acknowledged(next(), handoverConsent())
      await stage.moved(referralId, 'accepted')
      await personOf(referralId, { handedOver: 1 })
      const path = `/v1/referrals/${referralId}/handover`
      const { json } = await sent('OIM', 1, () => twice('ala-system', path, { recipient: 'OIM' }))
      expect(json).toMatchObject({ partOf: referralId, recipient: 'OIM', status: 'requested' })
    },

    'release-referral': async () => {
      const { referralId } = await stage.acknowledged(next())
      const body = { purpose: 'training-referral' }
      const { json } = well(await post('ala-system', `/v1/referrals/${referralId}/release`, body))
      expect(json.payload).toBeDefined()
    },

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
      await sent('IGM', 1, async () =>
        well(await post('ala-system', '/v1/inbox/ack', { handles: [handle] })),
      )
      expect(await rowOf('Referrals', { pk: `referral#${referralId}` })).toMatchObject({
        deliveryState: 'acknowledged',
      })
      expect(await rowOf('Outbox', owed)).toBeUndefined()
      expect(await messagesIn(hub, 'InboxALA')).toEqual([])
    },

    'read-access-log': async () => {
      await hub.invoke('referral-hub-SequenceAccessLog', {})
      const size = Number(
        well(await get('igm-compliance', '/v1/access-log/checkpoint')).text.split('\n')[1],
      )
      const [paths, width] = [[] as string[], Math.min(size, 256)]
      const part = size < 256 ? `.p/${width}` : ''
      paths.push('public-key', 'entries/0/proof', `tile/0/000${part}`, `tile/entries/000${part}`)
      for (const path of [...paths, 'cosignatures'])
        well(await get('igm-compliance', `/v1/access-log/${path}`))
    },

    'cosign-access-log': async () => {
      const note = cosignedBy(place, 'igm-liaison', await checkpointOf(place))
      const same = { 'idempotency-key': idempotencyKey() }
      well(await offer(place, 'igm-liaison', note, same))
      expect(
        well(await offer(place, 'igm-liaison', note, same)).headers.get('idempotency-replayed'),
      ).toBe('true')
    },

    'get-keys': async () => {
      for (const path of ['', '/IGM/keys']) well(await get('ala-system', `/v1/institutions${path}`))
    },

    'get-me': async () => {
      well(await get('ala-system', '/v1/me'))
    },

    'change-key': async () => {
      const holder = newHolder()
      const proposal = await proposalOf(place, holder, 'IGM')
      await twice('igm-liaison', '/v1/institutions/IGM/keys', proposal)
      const { roles, validUntil } = oneYear
      const path = `IGM/keys/${holder.keyid}`
      well(await changeKey(place, second, `${path}/confirmation`, { roles, validUntil }))
      well(await changeKey(place, second, `${path}/revocation`, { reason: 'superseded' }))
      expect((await rowOf('Directory', { pk: 'institution#IGM' }))?.['keyids']).toContain(
        holder.keyid,
      )
    },

    'get-receipt': async () => {
      const { referralId } = await stage.submitted(next())
      await hub.invoke('referral-hub-SequenceAccessLog', {})
      well(await get('igm-system', `/v1/referrals/${referralId}/receipt`))
    },

    'get-consent': async () => {
      const { consentId } = await stage.submitted(next())
      well(await get('igm-system', `/v1/consents/${consentId}`))
      await post('igm-system', `/v1/consents/${consentId}/withdrawal`, withdrawalAt(place))
      const { json } = well(await get('igm-system', `/v1/consents/${consentId}/certificate`))
      // Placed and signed before it is shown.
      const { logEntries, checkpoint = '' } = Certificate.parse(json)
      const size = Number(checkpoint.split('\n')[1])
      expect(logEntries.filter(({ index = Infinity }) => index >= size)).toEqual([])
    },

    'withdraw-consent': async () => {
      const shared = await stage.submitted(next())
      await personOf(shared.referralId, { referrals: 2 })
      await igm.withdrawConsent(shared.consentId, withdrawalAt(place))
      const { consentId, referralId } = await stage.submitted(next())
      // That it is cancelled, and that what they hold is to be deleted.
      await sent('ALA', 2, () =>
        twice('igm-system', `/v1/consents/${consentId}/withdrawal`, withdrawalAt(place)),
      )
      expect(await rowOf('ReferralKeys', { referralId })).toBeUndefined()
    },

    'confirm-deletion': async () => {
      const { consentId } = await stage.acknowledged(next())
      await igm.withdrawConsent(consentId, withdrawalAt(place))
      const at = hubNow(place).toISOString()
      await sent('IGM', 1, () =>
        twice('ala-system', `/v1/consents/${consentId}/deletion-confirmation`, { at }),
      )
    },

    'get-access-log': async () => {
      const { referralId, consentId } = await stage.submitted(next())
      for (const query of [
        `referralId=${referralId}`,
        `consentId=${consentId}`,
        // More than lie behind the last whole zone: the others are picked as the zones say.
        'action=institution.list&limit=200',
      ])
        expect(
          (well(await get('igm-compliance', '/v1/access-log', query)).json.items as object[])
            .length,
        ).toBeGreaterThan(0)
      expect(await pendingRows()).toEqual([])
    },

    'get-progress': async () => {
      for (let n = 1; n <= 5; n++) await stage.submitted(next())
      const published = { pk: 'published#igm-ala-2026' }
      const { revision = 0 } = (await rowOf('Progress', published)) ?? {}
      await put('Progress', { ...published, revision: revision + 1, cells: {} })
      const { json } = well(
        await get('igm-liaison', '/v1/reports/progress', 'agreementId=igm-ala-2026'),
      )
      expect(json).toMatchObject({ agreementId: 'igm-ala-2026', target: expect.any(Number) })
      expect((await rowOf('Progress', published))?.['revision']).toBe(revision + 2)
    },

    'get-health': async () => {
      expect((await fetch(`${place.url}/v1/health`)).status).toBe(200)
    },

    'get-openapi': async () => {
      expect((await fetch(`${place.url}/v1/openapi.json`)).status).toBe(200)
    },

    'get-console': async () => {
      expect((await fetch(`${place.url}/console`)).status).toBe(200)
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
    },

    'run-due-work': async () => {
      await ended(async referralId => void (await personOf(referralId, { referrals: 2 })))
      await ended()
    },
    'sequence-access-log': async () => {
      await stage.submitted(next())
      await hub.invoke('referral-hub-SequenceAccessLog', {})
      const { size, signedSize } = (await rowOf('AccessLog', { pk: 'head', sk: 'head' })) ?? {}
      expect(signedSize).toBe(size)
      expect(await pendingRows()).toEqual([])
    },
  }
}
