// Signs the head of the log's tree. The tree is committed first and signed after: signing first could sign two
// histories.
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { createPublicKey } from 'node:crypto'
import { checkpointText, signedNote, verifierKey } from '../../../log/checkpoint.ts'
import { root } from '../../../log/merkle.ts'
import { settle, toItem } from '../dynamodb.ts'
import type { LogHead } from './pending.ts'

export type LogSigning = {
  dynamodb: DynamoDBClient
  table: string
  kms: KMSClient
  keyId: string
  origin: string
  /** Told of what was signed. */
  saw?: ((size: number) => void) | undefined
}

export const logSigner = ({ dynamodb, table, kms, keyId, origin, saw }: LogSigning) => {
  let publicKey: Promise<Buffer> | undefined

  const askPublicKey = async (): Promise<Buffer> => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }))
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' })
    return Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url')
  }
  /** Asked once; a failure is not remembered. */
  const notePublicKey = (): Promise<Buffer> =>
    (publicKey ??= askPublicKey().catch((error: unknown) => {
      publicKey = undefined
      throw error
    }))

  /** The signed note of a head. It must be committed. */
  const checkpointOf = async ({ size, edge }: LogHead): Promise<string> => {
    const tree = { size, edge: edge.map(hash => Buffer.from(hash, 'base64')) }
    const text = checkpointText(origin, size, root(tree))
    const signing = kms.send(
      new SignCommand({
        KeyId: keyId,
        Message: Buffer.from(text),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    )
    const [{ Signature }, key] = await Promise.all([signing, notePublicKey()])
    if (!Signature) throw new Error('KMS made no signature')
    return signedNote(text, origin, key, Signature)
  }

  /** Keeps the signed note of a tree of `size`. */
  const keep = async (size: number, checkpoint: string): Promise<void> => {
    // Where it has moved, somebody signed this tree, or a later one: theirs stands.
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: 'head', sk: 'head' }),
          UpdateExpression: 'SET checkpoint = :checkpoint, signedSize = :size',
          ConditionExpression: 'signedSize < :size',
          ExpressionAttributeValues: toItem({ ':checkpoint': checkpoint, ':size': size }),
        }),
      ),
    )
    saw?.(size)
  }

  return {
    checkpointOf,
    keep,

    /** Signs a committed head, unless it is signed, and keeps its note. */
    sign: async (head: LogHead): Promise<LogHead> => {
      if (head.signedSize === head.size) return head
      const checkpoint = await checkpointOf(head)
      await keep(head.size, checkpoint)
      return { ...head, signedSize: head.size, checkpoint }
    },

    /** Its name and its public key, 32 bytes of Ed25519. */
    noteKey: async (): Promise<{ origin: string; publicKey: Buffer }> => ({
      origin,
      publicKey: await notePublicKey(),
    }),
    /** The log's verifier key (C2SP signed-note vkey), a line of text. */
    verifierKey: async (): Promise<string> => verifierKey(origin, await notePublicKey()),
  }
}
