// KMS's API as the local KMS speaks it: what requests must look like, and how a key is described.
import * as z from 'zod'
import { keyArn, type StoredKey } from './key-file.ts'
import { account } from './names.ts'

const Bytes = z.base64().transform(text => Buffer.from(text, 'base64'))
const KeyId = z.string().min(1)
const Context = z.record(z.string(), z.string()).default({})
const Message = Bytes.refine(bytes => bytes.length >= 1 && bytes.length <= 4096)
const Mac = { KeyId, MacAlgorithm: z.literal('HMAC_SHA_256'), Message }
const Signing = {
  KeyId,
  Message,
  // node:crypto hashes what it signs: a digest made by the caller cannot be signed here.
  MessageType: z.literal('RAW').default('RAW'),
  SigningAlgorithm: z.enum(['ED25519_SHA_512', 'ECDSA_SHA_256']),
}

/** The operations, and the requests that they take. What AWS takes beyond it (grant tokens, dry runs) is ignored. */
export const shapes = {
  GenerateDataKey: z
    .object({
      KeyId,
      KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
      NumberOfBytes: z.int().min(1).max(1024).optional(),
      EncryptionContext: Context,
    })
    .refine(body => (body.KeySpec === undefined) !== (body.NumberOfBytes === undefined)),
  Decrypt: z.object({ CiphertextBlob: Bytes, KeyId: KeyId.optional(), EncryptionContext: Context }),
  GenerateMac: z.object(Mac),
  VerifyMac: z.object({ ...Mac, Mac: Bytes }),
  Sign: z.object(Signing),
  Verify: z.object({ ...Signing, Signature: Bytes }),
  GetPublicKey: z.object({ KeyId }),
  DescribeKey: z.object({ KeyId }),
  EnableKey: z.object({ KeyId }),
  DisableKey: z.object({ KeyId }),
  ScheduleKeyDeletion: z.object({ KeyId, PendingWindowInDays: z.int().min(7).max(30).default(30) }),
}
export type Operation = keyof typeof shapes
export type Body<O extends Operation> = z.infer<(typeof shapes)[O]>

export const algorithms = {
  SYMMETRIC_DEFAULT: ['SYMMETRIC_DEFAULT'],
  HMAC_256: ['HMAC_SHA_256'],
  ECC_NIST_EDWARDS25519: ['ED25519_SHA_512'],
  ECC_NIST_P256: ['ECDSA_SHA_256'],
} as const

/** A key as DescribeKey tells of it. Times are in seconds. */
export const metadataOf = (key: StoredKey) => ({
  AWSAccountId: account,
  KeyId: key.keyId,
  Arn: keyArn(key.keyId),
  CreationDate: key.createdAt / 1000,
  Enabled: key.state === 'Enabled',
  Description: key.logicalId,
  KeyUsage: key.usage,
  KeyState: key.state,
  ...(key.deletionAt !== undefined && { DeletionDate: key.deletionAt / 1000 }),
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  KeySpec: key.spec,
  CustomerMasterKeySpec: key.spec,
  MultiRegion: false,
})
