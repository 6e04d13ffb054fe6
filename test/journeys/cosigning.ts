// Cosignatures as somebody else would make them: from the text of C2SP tlog-cosignature and signed-note, with
// node:crypto alone. And the log's own key in the wrong hands, to sign what the hub never would.
import { type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Hub } from '../../infra/local/hub.ts'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { type CallerName, type HubPlace, hubFileOf, hubNow } from './callers.ts'
import { bare, nameOf, origin, textOf } from './checkpoint-notes.ts'

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

export const keyidOf = (place: HubPlace, who: CallerName): string =>
  hubFileOf(place).keys.find(({ name }) => name === who)?.keyid ?? ''
