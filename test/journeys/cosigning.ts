// Cosignatures as somebody else would make them: from the text of C2SP tlog-cosignature and signed-note, with
// node:crypto alone. And the log's own key in the wrong hands, to sign what the hub never would.
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type HubKey, type PrivateJwk, publicHalf } from '../../signatures/keys.ts'
import { enrol } from '../../functions/aws/enrol.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import type { CosignAnswer } from '../../schemas/access-log.ts'
import {
  type CallerName,
  type HubPlace,
  type RawAnswer,
  type Who,
  hubFileOf,
  hubNow,
  idempotencyKey,
  raw,
} from './callers.ts'

export const origin = 'referral-hub.example/local/access-log'
export const nameOf = (institution: string) => `referral-hub.example/institutions/${institution}`
export const path = '/v1/access-log/cosignatures'

export const jwkOf = (place: HubPlace, who: CallerName): PrivateJwk => {
  const { file = '' } = hubFileOf(place).keys.find(({ name }) => name === who) ?? {}
  return JSON.parse(readFileSync(file, 'utf8')) as PrivateJwk
}

const rawKey = (jwk: PrivateJwk) =>
  Buffer.from(
    createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' })).export({ format: 'jwk' }).x ??
      '',
    'base64url',
  )

const keyId = (name: string, type: number, publicKey: Uint8Array) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]))
    .digest()
    .subarray(0, 4)

export type Cosigning = {
  jwk: PrivateJwk
  name?: string
  /** POSIX seconds. */
  time: number
  type?: number
  /** Of whom the key ID is, where not of the key that signs. */
  as?: PrivateJwk
  header?: string
}

/** A line of C2SP tlog-cosignature over the text of a note, newline at its end. */
export const cosignature = (
  text: string,
  { jwk, name = nameOf('IGM'), time, type = 4, as = jwk, header = 'cosignature/v1' }: Cosigning,
): string => {
  const stamp = Buffer.from(time.toString(16).padStart(16, '0'), 'hex')
  const message = Buffer.from(`${header}\ntime ${time}\n${text}`)
  const signature = sign(null, message, createPrivateKey({ key: jwk, format: 'jwk' }))
  const blob = Buffer.concat([keyId(name, type, rawKey(as)), stamp, signature])
  return `— ${name} ${blob.toString('base64')}\n`
}

export const textOf = (note: string) => note.slice(0, note.lastIndexOf('\n\n') + 1)
/** The log's own line. */
export const logLineOf = (note: string) =>
  note
    .split('\n')
    .filter(line => line.startsWith(`— ${origin} `))
    .map(line => `${line}\n`)
    .join('')
/** The note without any cosignature. */
export const bare = (note: string) => `${textOf(note)}\n${logLineOf(note)}`
export const sizeOf = (note: string) => Number(note.split('\n')[1])
export const secondsNow = (place: HubPlace) => Math.floor(hubNow(place).getTime() / 1000)

/** A note over any text, by the log's own key: what only its operator could make. */
export const forgedByLog = async (
  { hub }: { hub: Hub },
  kms: KMSClient,
  publicKey: Uint8Array,
  text: string,
): Promise<string> => {
  const { Signature = new Uint8Array() } = await kms.send(
    new SignCommand({
      KeyId: hub.nameOf('LogKey'),
      Message: Buffer.from(text),
      MessageType: 'RAW',
      SigningAlgorithm: 'ED25519_SHA_512',
    }),
  )
  const blob = Buffer.concat([keyId(origin, 1, publicKey), Signature])
  return `${text}\n— ${origin} ${blob.toString('base64')}\n`
}

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

/** Cosigns as a liaison should. */
export const cosignedBy = (
  place: HubPlace,
  who: 'igm-liaison' | 'ala-liaison',
  note: string,
  time = secondsNow(place),
): string => {
  const name = nameOf(who.slice(0, 3).toUpperCase())
  return `${bare(note)}${cosignature(textOf(note), { jwk: jwkOf(place, who), name, time })}`
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
    await enrol(
      { institutions: [], agreements: [], keys: [key] },
      {
        dynamodb,
        table: place.hub.nameOf('Directory'),
        logTable: place.hub.nameOf('AccessLog'),
        at: Instant.parse(hubNow(place).toISOString()),
      },
    )
    return { keyid, jwk }
  },
})

export const keyidOf = (place: HubPlace, who: CallerName): string =>
  hubFileOf(place).keys.find(({ name }) => name === who)?.keyid ?? ''

export const refused = ({ status, json }: RawAnswer) => [status, json.code]

/** What a cosigning that was accepted is answered. */
export const accepted = ({ status, json }: RawAnswer): CosignAnswer => {
  if (status !== 201) throw new Error(`not cosigned: ${json.code}`)
  return json as unknown as CosignAnswer
}
