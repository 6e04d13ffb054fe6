// A small KMS: the operations that the hub's functions call, with AWS's names for what goes wrong.
// Ciphertext blob: version (1) | key id (16) | IV (12) | AES-256-GCM ciphertext | tag (16).
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { AwsError } from './aws-error.ts'
import { keyArn, type Keys, type StoredKey } from './key-file.ts'
import { algorithms, type Body, metadataOf, type Operation, shapes } from './kms-api.ts'

const version = 1
const header = 17

/** The id of the key that made `blob`, or undefined when it is none of ours. */
export const keyIdOfBlob = (blob: Buffer): string | undefined => {
  if (blob.length < header + 12 + 16 || blob[0] !== version) return undefined
  const hex = blob.toString('hex', 1, header)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// Pairs sorted by name, every part with its length: two different contexts never make the same bytes.
const additionalData = (context: Record<string, string>): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))))

const secretOf = (key: { material: string }) => Buffer.from(key.material, 'base64')

/** The local KMS over `keys`. `call` takes and gives the JSON bodies of AWS's API, or throws AwsError. `now` in ms. */
export const kmsOver = (keys: Keys, now: () => number) => {
  const privateKeys = new Map<string, KeyObject>()

  const existing = (keyId: string): StoredKey => {
    const key = keys.find(keyId)
    if (!key || key.state === 'Deleted')
      throw new AwsError('NotFoundException', `Key '${keyId}' does not exist`)
    return key
  }

  const usable = (keyId: string, usage: StoredKey['usage']): StoredKey & { material: string } => {
    const key = existing(keyId)
    const arn = keyArn(key.keyId)
    if (key.usage !== usage)
      throw new AwsError('InvalidKeyUsageException', `${arn} key usage is ${key.usage}`)
    if (key.state === 'Disabled') throw new AwsError('DisabledException', `${arn} is disabled.`)
    if (key.state !== 'Enabled' || key.material === undefined)
      throw new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`)
    return { ...key, material: key.material }
  }

  const privateKeyOf = (key: StoredKey & { material: string }): KeyObject => {
    const known = privateKeys.get(key.keyId)
    if (known) return known
    const made = createPrivateKey({ key: secretOf(key), format: 'der', type: 'pkcs8' })
    privateKeys.set(key.keyId, made)
    return made
  }

  const signer = (body: Body<'Sign'> | Body<'Verify'>) => {
    const key = usable(body.KeyId, 'SIGN_VERIFY')
    const edwards = body.SigningAlgorithm === 'ED25519_SHA_512'
    if (edwards !== (key.spec === 'ECC_NIST_EDWARDS25519'))
      throw new AwsError(
        'InvalidKeyUsageException',
        `${body.SigningAlgorithm} does not fit ${key.spec}`,
      )
    return {
      arn: keyArn(key.keyId),
      privateKey: privateKeyOf(key),
      hash: edwards ? null : 'sha256',
    }
  }

  const mac = (body: Body<'GenerateMac'>) => {
    const key = usable(body.KeyId, 'GENERATE_VERIFY_MAC')
    return {
      arn: keyArn(key.keyId),
      value: createHmac('sha256', secretOf(key)).update(body.Message).digest(),
    }
  }

  const change = (keyId: string, state: StoredKey['state'], deletionAt?: number) => {
    const { deletionAt: _, ...key } = existing(keyId)
    return keys.put({ ...key, state, ...(deletionAt !== undefined && { deletionAt }) })
  }

  const notPending = (keyId: string) => {
    if (existing(keyId).state === 'PendingDeletion')
      throw new AwsError('KMSInvalidStateException', `${keyId} is pending deletion.`)
  }

  const operations: { [O in Operation]: (body: Body<O>) => Record<string, unknown> } = {
    GenerateDataKey: body => {
      const key = usable(body.KeyId, 'ENCRYPT_DECRYPT')
      const plaintext = randomBytes(body.NumberOfBytes ?? (body.KeySpec === 'AES_128' ? 16 : 32))
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secretOf(key), iv)
      const head = Buffer.concat([
        Buffer.of(version),
        Buffer.from(key.keyId.replaceAll('-', ''), 'hex'),
      ])
      cipher.setAAD(Buffer.concat([head, additionalData(body.EncryptionContext)]))
      const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
      const blob = Buffer.concat([head, iv, sealed, cipher.getAuthTag()])
      return {
        CiphertextBlob: blob.toString('base64'),
        KeyId: keyArn(key.keyId),
        Plaintext: plaintext.toString('base64'),
      }
    },
    Decrypt: body => {
      const blob = body.CiphertextBlob
      const keyId = keyIdOfBlob(blob)
      if (keyId === undefined || !keys.find(keyId))
        throw new AwsError('InvalidCiphertextException', '')
      if (body.KeyId !== undefined && existing(body.KeyId).keyId !== keyId)
        throw new AwsError(
          'IncorrectKeyException',
          'The key ID in the request does not identify the key that encrypted the data',
        )
      const key = usable(keyId, 'ENCRYPT_DECRYPT')
      const decipher = createDecipheriv(
        'aes-256-gcm',
        secretOf(key),
        blob.subarray(header, header + 12),
        { authTagLength: 16 },
      )
      decipher.setAAD(
        Buffer.concat([blob.subarray(0, header), additionalData(body.EncryptionContext)]),
      )
      decipher.setAuthTag(blob.subarray(-16))
      try {
        const plaintext = Buffer.concat([
          decipher.update(blob.subarray(header + 12, -16)),
          decipher.final(),
        ])
        return {
          KeyId: keyArn(keyId),
          Plaintext: plaintext.toString('base64'),
          EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        }
      } catch {
        throw new AwsError('InvalidCiphertextException', '')
      }
    },
    GenerateMac: body => {
      const { arn, value } = mac(body)
      return { KeyId: arn, Mac: value.toString('base64'), MacAlgorithm: body.MacAlgorithm }
    },
    VerifyMac: body => {
      const { arn, value } = mac(body)
      if (body.Mac.length !== value.length || !timingSafeEqual(body.Mac, value))
        throw new AwsError('KMSInvalidMacException', '')
      return { KeyId: arn, MacValid: true, MacAlgorithm: body.MacAlgorithm }
    },
    Sign: body => {
      const { arn, privateKey, hash } = signer(body)
      const signature = sign(hash, body.Message, privateKey)
      return {
        KeyId: arn,
        Signature: signature.toString('base64'),
        SigningAlgorithm: body.SigningAlgorithm,
      }
    },
    Verify: body => {
      const { arn, privateKey, hash } = signer(body)
      if (!verify(hash, body.Message, createPublicKey(privateKey), body.Signature))
        throw new AwsError('KMSInvalidSignatureException', '')
      return { KeyId: arn, SignatureValid: true, SigningAlgorithm: body.SigningAlgorithm }
    },
    GetPublicKey: body => {
      const key = usable(body.KeyId, 'SIGN_VERIFY')
      const spki = createPublicKey(privateKeyOf(key)).export({ format: 'der', type: 'spki' })
      return {
        KeyId: keyArn(key.keyId),
        PublicKey: spki.toString('base64'),
        KeySpec: key.spec,
        KeyUsage: key.usage,
        SigningAlgorithms: algorithms[key.spec],
      }
    },
    DescribeKey: body => ({ KeyMetadata: metadataOf(existing(body.KeyId)) }),
    EnableKey: body => {
      notPending(body.KeyId)
      change(body.KeyId, 'Enabled')
      return {}
    },
    DisableKey: body => {
      notPending(body.KeyId)
      change(body.KeyId, 'Disabled')
      return {}
    },
    ScheduleKeyDeletion: body => {
      notPending(body.KeyId)
      const at = now() + body.PendingWindowInDays * 86_400_000
      const key = change(body.KeyId, 'PendingDeletion', at)
      return {
        KeyId: keyArn(key.keyId),
        DeletionDate: at / 1000,
        KeyState: key.state,
        PendingWindowInDays: body.PendingWindowInDays,
      }
    },
  }

  const run = <O extends Operation>(operation: O, body: unknown) => {
    const parsed = shapes[operation].safeParse(body)
    if (!parsed.success)
      throw new AwsError(
        'ValidationException',
        `${operation} has an invalid ${parsed.error.issues[0]?.path.join('.') || 'body'}`,
      )
    return operations[operation](parsed.data as Body<O>)
  }

  return {
    call: (operation: string, body: unknown): Record<string, unknown> => {
      if (!Object.hasOwn(shapes, operation))
        throw new AwsError('UnknownOperationException', `the local KMS has no ${operation}`)
      return run(operation as Operation, body)
    },
    keys,
  }
}
export type Kms = ReturnType<typeof kmsOver>
