// The local KMS's keys on disk: one JSON file, 0600, replaced whole at every change.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { arnOf } from './names.ts'
import { writeAtomically } from './data-folder.ts'

const Spec = z.enum(['SYMMETRIC_DEFAULT', 'HMAC_256', 'ECC_NIST_EDWARDS25519', 'ECC_NIST_P256'])
const Usage = z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'SIGN_VERIFY'])

/** What a key is for; KMS allows exactly these pairs of the specs it knows here. */
export const KeyShape = z
  .object({ spec: Spec, usage: Usage })
  .refine(({ spec, usage }) => usage === usageOf[spec], 'KeyUsage does not fit KeySpec')
export type KeyShape = z.infer<typeof KeyShape>

const usageOf = {
  SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
  HMAC_256: 'GENERATE_VERIFY_MAC',
  ECC_NIST_EDWARDS25519: 'SIGN_VERIFY',
  ECC_NIST_P256: 'SIGN_VERIFY',
} as const satisfies Record<z.infer<typeof Spec>, z.infer<typeof Usage>>

const StoredKey = z.strictObject({
  keyId: z.uuid(),
  logicalId: z.string(),
  spec: Spec,
  usage: Usage,
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion', 'Deleted']),
  createdAt: z.number(),
  deletionAt: z.number().optional(),
  /** Raw bytes of a secret key, PKCS #8 DER of a private key; base64. Gone once the key is deleted. */
  material: z.string().optional(),
})
export type StoredKey = z.infer<typeof StoredKey>

const KeyFile = z.strictObject({ version: z.literal(1), keys: z.array(StoredKey) })

const pkcs8 = { format: 'der', type: 'pkcs8' } as const
const newMaterial: Record<KeyShape['spec'], () => Buffer> = {
  SYMMETRIC_DEFAULT: () => randomBytes(32),
  HMAC_256: () => randomBytes(32),
  ECC_NIST_EDWARDS25519: () => generateKeyPairSync('ed25519').privateKey.export(pkcs8),
  ECC_NIST_P256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8),
}

export const keyArn = (keyId: string): string => arnOf('kms', `key/${keyId}`)

/** The keys of `file`, which is made with the first key. `now` is the hub's clock, in ms. */
export const openKeyFile = (file: string, now: () => number) => {
  const keys = new Map<string, StoredKey>()
  if (existsSync(file))
    for (const key of KeyFile.parse(JSON.parse(readFileSync(file, 'utf8'))).keys)
      keys.set(key.keyId, key)

  const save = () =>
    writeAtomically(file, `${JSON.stringify({ version: 1, keys: [...keys.values()] }, null, 2)}\n`)

  const put = (key: StoredKey) => {
    keys.set(key.keyId, key)
    save()
    return key
  }

  return {
    /**
     * The key the template calls `logicalId`, made when there is none. Returns its ARN; it stays the same across
     * restarts.
     */
    ensure: (logicalId: string, shape: KeyShape): string => {
      const { spec, usage } = KeyShape.parse(shape)
      const found = [...keys.values()].find(key => key.logicalId === logicalId)
      if (found && found.spec !== spec)
        throw new Error(`the key ${logicalId} exists with KeySpec ${found.spec}, not ${spec}`)
      const key =
        found ??
        put({
          keyId: randomUUID(),
          logicalId,
          spec,
          usage,
          state: 'Enabled',
          createdAt: now(),
          material: newMaterial[spec]().toString('base64'),
        })
      return keyArn(key.keyId)
    },
    /** By key id or ARN. A key whose deletion date has come loses its material here, for good. */
    find: (idOrArn: string): StoredKey | undefined => {
      const prefix = keyArn('')
      const key = keys.get(idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn)
      if (key?.state === 'PendingDeletion' && (key.deletionAt ?? 0) <= now()) {
        const { material: _, ...rest } = key
        return put({ ...rest, state: 'Deleted' })
      }
      return key
    },
    put,
  }
}
export type Keys = ReturnType<typeof openKeyFile>
