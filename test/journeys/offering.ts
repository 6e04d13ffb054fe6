// Offering a cosignature to the hub, and what it keeps of one.
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Hub } from '../../infra/local/hub.ts'
import type { CosignAnswer } from '../../schemas/access-log.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import { type HubKey, publicHalf } from '../../signatures/keys.ts'
import type { HubPlace, Who } from './callers.ts'
import { enrolAt } from './key-holders.ts'
import { type RawAnswer, idempotencyKey, raw } from './signed-requests.ts'

export const path = '/v1/access-log/cosignatures'

/** The newest checkpoint, after the log is put in order. */
export const checkpointOf = async (place: HubPlace & { hub: Hub }): Promise<string> => {
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  return (await raw(place, 'igm-liaison', { path: '/v1/access-log/checkpoint' })).text
}

/** The public key of the log, 32 bytes. */
export const logKeyOf = async (place: HubPlace): Promise<Buffer> => {
  const { text } = await raw(place, 'igm-liaison', { path: '/v1/access-log/public-key' })
  return Buffer.from(text.trim().split('+').slice(2).join('+'), 'base64').subarray(1)
}

export const offer = (
  place: HubPlace,
  who: Who,
  checkpoint: string,
  headers: Record<string, string> = {},
): Promise<RawAnswer> =>
  raw(place, who, {
    path,
    body: JSON.stringify({ checkpoint }),
    headers: { 'idempotency-key': idempotencyKey(), ...headers },
  })

export const refused = ({ status, json }: RawAnswer) => [status, json.code]

/** What a cosigning that was accepted is answered. */
export const accepted = ({ status, json }: RawAnswer): CosignAnswer => {
  if (status !== 201) throw new Error(`not cosigned: ${json.code}`)
  return json as unknown as CosignAnswer
}

/** What is kept of cosigned checkpoints, and the directory as an enrolment would leave it. */
export const tablesOf = (place: HubPlace & { hub: Hub }, dynamodb: DynamoDBClient) => ({
  /** The rows of one partition of the AccessLog table, in order. */
  rowsOf: async (pk: string): Promise<Record<string, unknown>[]> => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: place.hub.nameOf('AccessLog'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
      }),
    )
    return Items.map(item => unmarshall(item))
  },
  put: (row: Record<string, unknown>) =>
    dynamodb.send(
      new PutItemCommand({ TableName: place.hub.nameOf('AccessLog'), Item: marshall(row) }),
    ),
  /** A key of the test's own, with these roles. */
  enrolled: async (institution: string, { keyid, jwk, alg }: HubKey) => {
    const key = DirectoryKey.parse({
      keyid,
      alg,
      jwk: publicHalf(jwk),
      institution,
      roles: ['liaison'],
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2036-01-01T00:00:00.000Z',
    })
    await enrolAt(place, key)
    return { keyid, jwk }
  },
})
