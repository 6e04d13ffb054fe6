// The hub's KMS keys: one wraps referral keys, one makes keyed hashes.
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
} from '@aws-sdk/client-kms'
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols'
import type { Content } from '../../events/handover.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { awsClient } from './client.ts'
import { endpointOf } from './endpoint.ts'

export const kmsClient = (): KMSClient =>
  awsClient({
    service: 'kms',
    endpoint: endpointOf('kms'),
    protocol: new AwsJson1_1Protocol({
      defaultNamespace: 'com.amazonaws.kms',
      serviceTarget: 'TrentService',
    }),
    maxAttempts: 3,
  })

/** KMS encryption context of a referral's key: the ciphertext opens for this referral between these parties only. */
type KeyContext = Content

/** Makes referral keys. */
export const envelopeSealer = ({ kms, keyId }: { kms: KMSClient; keyId: string }) => ({
  /** A new 256-bit referral key: in clear for sealing now, and wrapped for ReferralKeys. */
  generate: async (context: KeyContext): Promise<{ key: Uint8Array; wrapped: Uint8Array }> => {
    const { Plaintext, CiphertextBlob } = await kms.send(
      new GenerateDataKeyCommand({
        KeyId: keyId,
        KeySpec: 'AES_256',
        EncryptionContext: { ...context },
      }),
    )
    if (!Plaintext || !CiphertextBlob) throw new Error('KMS made no data key')
    return { key: Plaintext, wrapped: CiphertextBlob }
  },
})

/** Unwraps referral keys. Only the function that releases has this. */
export const envelopeOpener = ({ kms, keyId }: { kms: KMSClient; keyId: string }) => ({
  unwrap: async (wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array> => {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: keyId,
        CiphertextBlob: wrapped,
        EncryptionContext: { ...context },
      }),
    )
    if (!Plaintext) throw new Error('KMS opened no data key')
    return Plaintext
  },
})

/** Keyed hashes that cannot be guessed at without this KMS key. */
export const guardMac = ({ kms, keyId }: { kms: KMSClient; keyId: string }) => {
  const mac = async (message: string): Promise<Uint8Array> => {
    const { Mac } = await kms.send(
      new GenerateMacCommand({
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(message),
      }),
    )
    if (!Mac) throw new Error('KMS made no MAC')
    return Mac
  }
  const keys = new Map<string, Promise<Uint8Array>>()
  let handles: Uint8Array | undefined
  /**
   * A key of 32 bytes that a label stands for: always the same, asked of KMS once per function instance, and again if
   * that failed.
   */
  const keyOf = (...label: string[]): Promise<Uint8Array> => {
    const message = JSON.stringify(label)
    const known = keys.get(message)
    if (known) return known
    const asked = mac(message)
    keys.set(message, asked)
    asked.catch(() => keys.delete(message))
    return asked
  }
  return {
    mac,
    /** The key under which an institution's own external ids are kept. */
    senderKey: (institution: InstitutionCode): Promise<Uint8Array> =>
      keyOf('sender-key/v1', institution),
    /** The key by which the hub knows the handles that it gave out (functions/http/handle.ts). */
    handleKey: async (): Promise<Uint8Array> => (handles = await keyOf('handle-key/v1')),
    /** The same, without asking KMS: undefined until it was asked once. */
    handleKeyIfKnown: (): Uint8Array | undefined => handles,
  }
}

export type GuardMac = ReturnType<typeof guardMac>
