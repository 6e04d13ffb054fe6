import { createHmac, createPublicKey, verify } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keyArn, openKeyFile } from '../../../infra/local/key-file.ts'
import { kmsOver } from '../../../infra/local/kms.ts'
import { machineWith, machineFolder } from './fragment.ts'

const more = {
  GuardKey: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
      KeyPolicy: { Statement: [] },
    },
  },
  CurveKey: {
    Type: 'AWS::KMS::Key',
    Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', KeyPolicy: { Statement: [] } },
  },
}
const Message = Buffer.from('what is signed')
const EncryptionContext = { referralId: 'r-1', agreementId: 'igm-ala-2026', recipient: 'ALA' }

const started = async (folder = machineFolder()) => {
  const machine = await machineWith(more, { folder })
  const kms = new KMSClient({ ...machine.aws, maxAttempts: 1 })
  onTestFinished(() => kms.destroy())
  return { machine, kms, folder, key: machine.nameOf }
}
type Started = Awaited<ReturnType<typeof started>>
const sealed = ({ kms, key }: Started) =>
  kms.send(
    new GenerateDataKeyCommand({
      KeyId: key('EnvelopeKey'),
      KeySpec: 'AES_256',
      EncryptionContext,
    }),
  )

describe('the local KMS, asked by the real SDK', { timeout: 30_000 }, () => {
  test('opens a data key in the encryption context it was sealed in, whatever the order of its pairs', async () => {
    const it = await started()
    const { CiphertextBlob, Plaintext, KeyId } = await sealed(it)
    expect(Plaintext).toHaveLength(32)
    expect(KeyId).toBe(keyArn(it.key('EnvelopeKey')))
    const reversed = Object.fromEntries(Object.entries(EncryptionContext).toReversed())
    const opened = await it.kms.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: reversed }),
    )
    expect(opened.Plaintext).toEqual(Plaintext)
  })

  test.each([
    ['another referral', { ...EncryptionContext, referralId: 'r-2' }],
    ['a pair more', { ...EncryptionContext, purpose: 'x' }],
    ['a pair fewer', { referralId: 'r-1', agreementId: 'igm-ala-2026' }],
    ['no context', undefined],
    [
      'names and values shifted',
      { referralId: 'r-1","agreementId":"igm-ala-2026', recipient: 'ALA' },
    ],
  ])('refuses to open a data key in another encryption context: %s', async (_, context) => {
    const it = await started()
    const { CiphertextBlob } = await sealed(it)
    const opening = it.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }))
    await expect(opening).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
  })

  test('keeps its keys across a restart, in a file that only its user can read', async () => {
    const first = await started()
    const { CiphertextBlob, Plaintext } = await sealed(first)
    const id = first.key('EnvelopeKey')
    await first.machine.stop()
    expect(statSync(join(first.folder, 'kms.json')).mode & 0o777).toBe(0o600)
    const second = await started(first.folder)
    expect(second.key('EnvelopeKey')).toBe(id)
    const opened = await second.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    expect(opened.Plaintext).toEqual(Plaintext)
  })

  test('gives the HMAC that RFC 2104 gives, and refuses another', async () => {
    const { kms, key, folder } = await started()
    const { GuardKey } = { GuardKey: key('GuardKey') }
    const { Mac } = await kms.send(
      new GenerateMacCommand({ KeyId: GuardKey, MacAlgorithm: 'HMAC_SHA_256', Message }),
    )
    const { material } = openKeyFile(join(folder, 'kms.json'), Date.now).find(GuardKey) ?? {}
    const expected = createHmac('sha256', Buffer.from(material ?? '', 'base64')).update(Message)
    expect(Buffer.from(Mac ?? [])).toEqual(expected.digest())
    const check = (mac: Uint8Array) =>
      kms.send(
        new VerifyMacCommand({ KeyId: GuardKey, MacAlgorithm: 'HMAC_SHA_256', Message, Mac: mac }),
      )
    expect((await check(Mac ?? new Uint8Array())).MacValid).toBe(true)
    await expect(check(Buffer.alloc(32))).rejects.toMatchObject({ name: 'KMSInvalidMacException' })
  })

  test.each([
    ['LogKey', 'ED25519_SHA_512', null],
    ['CurveKey', 'ECDSA_SHA_256', 'sha256'],
  ] as const)(
    'signs with %s so that anybody can verify with its public key',
    async (id, SigningAlgorithm, hash) => {
      const { kms, key } = await started()
      const KeyId = key(id)
      const { Signature } = await kms.send(
        new SignCommand({ KeyId, Message, SigningAlgorithm, MessageType: 'RAW' }),
      )
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }))
      const publicKey = createPublicKey({
        key: Buffer.from(PublicKey ?? []),
        format: 'der',
        type: 'spki',
      })
      expect(verify(hash, Message, publicKey, Signature ?? Buffer.alloc(0))).toBe(true)
      const check = (signature: Uint8Array) =>
        kms.send(new VerifyCommand({ KeyId, Message, SigningAlgorithm, Signature: signature }))
      expect((await check(Signature ?? Buffer.alloc(0))).SignatureValid).toBe(true)
      const other = Buffer.from(Signature ?? [])
      other[other.length - 1] = (other.at(-1) ?? 0) ^ 1
      await expect(check(other)).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' })
    },
  )

  test('names what is wrong as AWS does', async () => {
    const { kms, key } = await started()
    const sign = (
      KeyId: string,
      bytes: number,
      SigningAlgorithm: 'ED25519_SHA_512' | 'ECDSA_SHA_256',
    ) =>
      kms.send(
        new SignCommand({
          KeyId,
          Message: Buffer.alloc(bytes),
          SigningAlgorithm,
          MessageType: 'RAW',
        }),
      )
    await expect(sign(key('LogKey'), 4096, 'ED25519_SHA_512')).resolves.toBeDefined()
    await expect(sign(key('LogKey'), 4097, 'ED25519_SHA_512')).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await expect(sign(key('LogKey'), 1, 'ECDSA_SHA_256')).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    })
    await expect(sign(key('EnvelopeKey'), 1, 'ED25519_SHA_512')).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    })
    await expect(
      sign('00000000-0000-4000-8000-000000000000', 1, 'ED25519_SHA_512'),
    ).rejects.toMatchObject({ name: 'NotFoundException' })
  })

  test('does nothing with a key that is disabled, and opens again when it is enabled', async () => {
    const it = await started()
    const KeyId = it.key('EnvelopeKey')
    const { CiphertextBlob } = await sealed(it)
    const open = () => it.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    await it.kms.send(new DisableKeyCommand({ KeyId }))
    await expect(open()).rejects.toMatchObject({ name: 'DisabledException' })
    await expect(sealed(it)).rejects.toMatchObject({ name: 'DisabledException' })
    const { KeyMetadata } = await it.kms.send(new DescribeKeyCommand({ KeyId }))
    expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false })
    await it.kms.send(new EnableKeyCommand({ KeyId }))
    await expect(open()).resolves.toBeDefined()
  })

  test('opens nothing with a key that is scheduled for deletion', async () => {
    const it = await started()
    const KeyId = it.key('EnvelopeKey')
    const { CiphertextBlob } = await sealed(it)
    await it.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    const opening = it.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    await expect(opening).rejects.toMatchObject({ name: 'KMSInvalidStateException' })
  })
})

test('a key’s bytes are gone from its file once its deletion date has come', () => {
  const file = join(machineFolder(), 'kms.json')
  let now = Date.UTC(2026, 0, 1)
  const keys = openKeyFile(file, () => now)
  const KeyId = keys.ensure('EnvelopeKey', { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' })
  const kms = kmsOver(keys, () => now)
  kms.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  expect(openKeyFile(file, () => now).find(KeyId)?.material).toBeDefined()
  now += 7 * 86_400_000
  expect(() => kms.call('DescribeKey', { KeyId })).toThrow('does not exist')
  const kept = openKeyFile(file, () => 0).find(KeyId)
  expect(kept).toMatchObject({ state: 'Deleted' })
  expect(kept?.material).toBeUndefined()
})

test('a ciphertext that was changed anywhere is refused', () => {
  const keys = openKeyFile(join(machineFolder(), 'kms.json'), Date.now)
  const KeyId = keys.ensure('EnvelopeKey', { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' })
  const kms = kmsOver(keys, Date.now)
  const { CiphertextBlob } = kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })
  const blob = Buffer.from(String(CiphertextBlob), 'base64')
  const open = (bytes: Buffer) => kms.call('Decrypt', { CiphertextBlob: bytes.toString('base64') })
  expect(() => open(blob)).not.toThrow()
  for (let index = 0; index < blob.length; index++) {
    const changed = Buffer.from(blob)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => open(changed), `byte ${index}`).toThrow(
      expect.objectContaining({ code: 'InvalidCiphertextException' }),
    )
  }
  expect(() => open(blob.subarray(0, -1))).toThrow(
    expect.objectContaining({ code: 'InvalidCiphertextException' }),
  )
})
