// The access log: asked, read, countersigned, put in order.
import { expect } from 'vitest'
import { idempotencyKey } from '../signed-requests.ts'
import { cosignedBy } from '../cosigning.ts'
import { checkpointOf, offer } from '../offering.ts'
import { rowsOf } from '../drill.ts'
import { type Tools, well } from './tools.ts'

export const logScenarios = (tools: Tools) => {
  const { hub, stage, next, get, rowOf, place } = tools
  const pendingRows = async () =>
    (await rowsOf(hub, 'AccessLog')).filter(({ pk }) => pk?.S?.startsWith('pending'))

  return {
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

    'sequence-access-log': async () => {
      await stage.submitted(next())
      await hub.invoke('referral-hub-SequenceAccessLog', {})
      const { size, signedSize } = (await rowOf('AccessLog', { pk: 'head', sk: 'head' })) ?? {}
      expect(signedSize).toBe(size)
      expect(await pendingRows()).toEqual([])
    },
  }
}
