// The certificate of destruction reads the log by an index, which may lag: while an entry of the referral is not there
// yet, none is given.
import { expect, test } from 'vitest'
import { refusalOf } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf, withdraw } from './stages.ts'

/** Ids of entries that the index by referral has not got yet. */
const late = new Set<string>()

const hub = await emptyHub({
  around: async (call, pass) => {
    const answer = await pass(call.body)
    if (late.size === 0 || !call.body.includes('"by-referral"')) return answer
    const found = JSON.parse(String(answer.body)) as { Items?: { id?: { S?: string } }[] }
    const Items = found.Items?.filter(({ id }) => !late.has(id?.S ?? ''))
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ ...found, Items })) }
  },
})
const { igm, ala, acknowledged } = await stagesOf(hub)

test('a certificate is not given while the index lacks any entry of its referral, whichever', async () => {
  const { consentId } = await acknowledged(1)
  await withdraw(hub, igm, consentId)
  const { logEntries } = (await ala.certificate(consentId)).body
  expect(logEntries.map(({ action }) => action)).toContain('referral.release')
  for (const { id, action } of logEntries) {
    late.add(id)
    const { status, code } = await refusalOf(ala.certificate(consentId))
    late.clear()
    expect([action, status, code]).toEqual([action, 404, 'not-yet-sequenced'])
  }
  expect((await ala.certificate(consentId)).body.logEntries).toEqual(logEntries)
})
