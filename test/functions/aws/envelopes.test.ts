// Sealed content as its row keeps it: the very envelope comes out, of rows of every version.
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { toItem, transact } from '../../../functions/aws/dynamodb.ts'
import { envelopes } from '../../../functions/aws/envelopes.ts'
import { getRows } from '../../../functions/aws/read-rows.ts'
import { packedCompact } from '../../../functions/crypto/compact-jwe.ts'
import { seal } from '../../../functions/crypto/envelope.ts'
import { AgreementId, InstitutionCode, type ReferralId } from '../../../schemas/ids.ts'
import { newId } from '../../../functions/aws/runtime.ts'
import { fullPayload as payload } from '../../schemas/submissions.ts'
import { ownTables } from './own-tables.ts'

const { dynamodb, tableOf } = await ownTables()
const table = tableOf('Referrals')
const kept = envelopes({ dynamodb, table })

const sealed = () => {
  const referralId = newId<ReferralId>()
  const about = {
    referralId,
    agreementId: AgreementId.parse('igm-ala-2026'),
    recipient: InstitutionCode.parse('ALA'),
  }
  return { referralId, envelope: seal(payload, randomBytes(32), about) }
}

test('what is kept comes out letter by letter, and takes less than its parts', async () => {
  const { referralId, envelope } = sealed()
  await transact(dynamodb)([kept.add(referralId, envelope)])
  expect(await kept.find({ referralId })).toEqual(envelope)
  const [row] = await getRows(dynamodb, [kept.at(referralId)])
  const { headers, envelope: rest } = row as { headers: Uint8Array; envelope: object }
  const bytes = Object.values(rest).reduce((sum: number, one: Uint8Array) => sum + one.length, 0)
  const before = Object.values(envelope).reduce((sum, one) => sum + packedCompact(one).length, 0)
  expect(headers.length + bytes).toBeLessThan(before - 100 * (Object.keys(envelope).length - 1))
})

test.each([
  ['0.1.0, as text', (jwe: string) => jwe],
  ['before headers were kept together', packedCompact],
])('a row of %s is read', async (_, keep) => {
  const { referralId, envelope } = sealed()
  const entries = Object.entries(envelope).map(([category, jwe]) => [category, keep(jwe)])
  const Item = toItem({
    pk: `envelope#${referralId}`,
    referralId,
    envelope: Object.fromEntries(entries),
  })
  await dynamodb.send(new PutItemCommand({ TableName: table, Item }))
  expect(await kept.findAll([referralId])).toEqual(new Map([[referralId, envelope]]))
})
