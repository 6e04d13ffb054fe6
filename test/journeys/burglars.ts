// The burglars of the shred drill: what they find in a copy of a hub, and all that they try on it. Written with
// node:crypto and the AWS SDK: of our code, whoever breaks in takes only how a row shortens what is sealed.
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DecryptCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { envelopeIn } from '../../functions/aws/envelopes.ts'
import { compactOf } from '../../functions/crypto/compact-jwe.ts'
import type { Hub } from '../../infra/local/hub.ts'
import type { Copy, Item } from './drill.ts'

/** Who may try: its name and the access key id that its calls are signed with. */
export type Burglar = { name: string; accessKeyId: string }
export type Sealed = { referralId: string; agreementId: string; recipient: string }

/** Binary as base64, and what may be the bytes of a JWE (`{"alg":…}`, 0, …) as its text too. */
const spelt = (bytes: Uint8Array): string[] => [
  Buffer.from(bytes).toString('base64'),
  ...(bytes[0] === 0x7b ? [compactOf(bytes)] : []),
]

/** Sealed content whose headers are kept apart, put together again: a burglar knows our code. */
const sealedIn = (row: Item): string[] =>
  row['pk']?.S?.startsWith('envelope#') ? Object.values(envelopeIn(unmarshall(row))) : []

/** All text of some rows. */
const textOf = (rows: readonly Item[]): string =>
  JSON.stringify([...rows, ...rows.flatMap(sealedIn)], (_, value: unknown) =>
    value instanceof Uint8Array ? spelt(value) : value,
  )

/**
 * Everything in a copy that may be a ciphertext or a key: compact JWEs, and whatever decodes from base64, base64url or
 * hex.
 */
export const lootOf = (copies: readonly Copy[], more: readonly Item[] = []) => {
  const all = [
    textOf(more),
    ...copies.flatMap(copy => [
      ...Object.values(copy.tables).map(textOf),
      ...copy.messages,
      ...copy.texts,
    ]),
  ].join('\n')
  const jwes = new Set(all.match(/eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/g))
  const blobs = new Map<string, Buffer>()
  for (const [run] of all.matchAll(/[\w+/-]{42,}={0,2}/g)) {
    const hex = /^[0-9a-f]{64}$/.test(run)
    const bytes = Buffer.from(run, hex ? 'hex' : 'base64')
    blobs.set(bytes.toString('latin1'), bytes)
  }
  return { jwes: [...jwes], blobs: [...blobs.values()] }
}

const unseal = (jwe: string, key: Uint8Array): boolean => {
  const [head = '', , iv = '', text = '', tag = ''] = jwe.split('.')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
  decipher.setAAD(Buffer.from(head))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  try {
    decipher.update(Buffer.from(text, 'base64url'))
    decipher.final()
    return true
  } catch {
    return false
  }
}

const derive = (key: Uint8Array, salt: Uint8Array | string, info: string) =>
  new Uint8Array(hkdfSync('sha256', key, salt, `referral-hub/${info}`, 32))

/** A KMS ciphertext of the local hub begins with its format, 1. */
const mayBe = (blob: Buffer) => blob[0] === 1 && blob.length >= 45 && blob.length < 512

/**
 * Tries every blob as a KMS ciphertext under every key for every referral, as each burglar, and every plaintext so won,
 * and every blob that could be a key itself, on every JWE. Gives what opened (`<referralId> <category>`), and who got
 * plaintext out of KMS.
 */
export const breakIn = async (
  hub: Hub,
  { jwes, blobs }: ReturnType<typeof lootOf>,
  burglars: readonly Burglar[],
  referrals: readonly Sealed[],
) => {
  const secrets = new Map<string, Buffer>()
  for (const blob of blobs) if (blob.length === 32) secrets.set(blob.toString('hex'), blob)
  const unwrapped = new Set<string>()
  const senderKeys: Uint8Array[] = []
  const { credentials } = hub.aws
  const admin = credentials.accessKeyId
  // Only the administrator, who may do anything, tries the others too.
  const likely = blobs.filter(mayBe)
  const others = blobs.filter(blob => blob.length >= 45 && !mayBe(blob))
  const keys = ['EnvelopeKey', 'GuardKey', 'LogKey', 'StorageKey'].map(hub.nameOf)

  for (const { name, accessKeyId } of burglars) {
    const kms = new KMSClient({ ...hub.aws, credentials: { ...credentials, accessKeyId } })
    const everything = accessKeyId === admin
    for (const KeyId of keys.slice(0, everything ? 4 : 1))
      for (const [m, { referralId, agreementId, recipient }] of referrals.entries()) {
        const EncryptionContext = { referralId, agreementId, recipient }
        const unlikely = everything && m === 0 ? others : []
        const [first, ...more] = [...likely, ...unlikely].map(CiphertextBlob => async () => {
          const attempt = { KeyId, CiphertextBlob, EncryptionContext }
          const answer = await kms.send(new DecryptCommand(attempt)).catch((error: Error) => error)
          if (answer instanceof Error) return answer.name !== 'AccessDeniedException'
          const plaintext = Buffer.from(answer.Plaintext ?? [])
          unwrapped.add(name)
          secrets.set(plaintext.toString('hex'), plaintext)
          return true
        })
        // Permission is asked before anybody looks at the ciphertext: who has none for the one has none for any.
        if (first && !(await first())) continue
        for (let at = 0; at < more.length; at += 32)
          await Promise.all(more.slice(at, at + 32).map(attempt => attempt()))
      }
    const mac = await kms
      .send(
        new GenerateMacCommand({
          KeyId: hub.nameOf('GuardKey'),
          MacAlgorithm: 'HMAC_SHA_256',
          Message: Buffer.from(JSON.stringify(['sender-key/v1', 'IGM'])),
        }),
      )
      .catch(() => undefined)
    if (mac?.Mac && senderKeys.length === 0) senderKeys.push(mac.Mac)
    kms.destroy()
  }

  const derived = new Map<string, Uint8Array[]>()
  const derivedFor = (category: string) => {
    const known = derived.get(category)
    if (known) return known
    const all = [...secrets.values()].map(secret => derive(secret, '', `envelope/v1/${category}`))
    derived.set(category, all)
    return all
  }
  const opened = new Set<string>()
  for (const jwe of jwes) {
    const head = JSON.parse(
      Buffer.from(jwe.slice(0, jwe.indexOf('.')), 'base64url').toString(),
    ) as { referralId?: string; category?: string }
    if (!head.referralId) continue
    const { referralId, category = 'external-id' } = head
    const fits =
      [...secrets.values(), ...derivedFor(category)].some(secret => unseal(jwe, secret)) ||
      (category === 'external-id' &&
        senderKeys.some(key =>
          likely.some(blob => unseal(jwe, derive(key, blob, 'external-id/v1'))),
        ))
    if (fits) opened.add(`${referralId} ${category}`)
  }
  return { opened: [...opened].toSorted(), unwrapped: [...unwrapped].toSorted() }
}

/** Whose key, of some rows of ReferralKeys, is in any file of a folder, in any spelling. */
export const keysFoundIn = (folder: string, keys: readonly Item[]): string[] => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile())
    .map(each => readFileSync(join(each.parentPath, each.name)))
  return keys.flatMap(({ referralId, wrapped }) => {
    const key = Buffer.from(wrapped?.B as Uint8Array)
    const spellings = [
      key,
      ...(['base64', 'base64url', 'hex'] as const).map(as => key.toString(as)),
    ]
    return files.some(bytes => spellings.some(each => bytes.includes(each)))
      ? [referralId?.S ?? '']
      : []
  })
}
