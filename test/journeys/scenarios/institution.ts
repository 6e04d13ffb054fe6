// Institutions: their agreements, keys and figures; and what anybody may ask of a hub.
import { expect } from 'vitest'
import { putBack, rowsOf } from '../drill.ts'
import { enrolledHolder, newHolder } from '../key-holders.ts'
import { changeKey, oneYear, proposalOf } from '../key-changes.ts'
import { type Tools, well } from './tools.ts'

export const institutionScenarios = async (tools: Tools) => {
  const { hub, stage, next, get, twice, rowOf, put, place } = tools
  const second = await enrolledHolder(place, 'IGM', ['liaison'])

  return {
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
  }
}
