// Gives pending entries their place in the tree, and has the tree's head signed. The tree is committed first and signed after:
// signing first could sign two histories.
import {
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
  ConditionalCheckFailedException,
} from '@aws-sdk/client-dynamodb'
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { createPublicKey } from 'node:crypto'
import { checkpointText, signedNote } from '../crypto/checkpoint.ts'
import { type Frontier, append, root } from '../crypto/merkle.ts'
import { LogHead, LogRow } from './access-log.ts'
import { log } from './runtime.ts'
import { Moved, type Row, getRow, toItem, toRow, transact } from './dynamodb.ts'

/** One head update, and two writes for each entry: a transaction takes 100. */
const batch = 49

/** Entries per partition of the table. */
export const entriesPerPartition = 256

export const entryKey = (index: number) => ({
  pk: `entry#${Math.floor(index / entriesPerPartition)}`,
  sk: String(index).padStart(16, '0'),
})

const emptyHead: LogHead = { pk: 'head', sk: 'head', size: 0, edge: [], signedSize: 0 }

export type LogSequence = ReturnType<typeof logSequence>

export const logSequence = (deps: {
  dynamodb: DynamoDBClient
  table: string
  kms: KMSClient
  keyId: string
  origin: string
}) => {
  const { dynamodb, table, kms, keyId, origin } = deps
  let publicKey: Promise<Buffer> | undefined

  const readHead = async (): Promise<LogHead> => {
    const row = await getRow(dynamodb, table, { pk: 'head', sk: 'head' })
    return row ? LogHead.parse(row) : emptyHead
  }

  const notePublicKey = () =>
    (publicKey ??= kms.send(new GetPublicKeyCommand({ KeyId: keyId })).then(({ PublicKey }) => {
      const key = createPublicKey({
        key: Buffer.from(PublicKey ?? []),
        format: 'der',
        type: 'spki',
      })
      return Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url')
    }))

  /** Signs the committed head, unless it is signed. Only trees that are committed are ever signed. */
  const sign = async (head: LogHead): Promise<LogHead> => {
    if (head.signedSize === head.size) return head
    const edge = head.edge.map(hash => Buffer.from(hash, 'base64'))
    const text = checkpointText(origin, head.size, root({ size: head.size, edge }))
    const { Signature } = await kms.send(
      new SignCommand({
        KeyId: keyId,
        Message: Buffer.from(text),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    )
    if (!Signature) throw new Error('KMS made no signature')
    const checkpoint = signedNote(text, origin, await notePublicKey(), Signature)
    try {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: 'head', sk: 'head' }),
          UpdateExpression: 'SET checkpoint = :checkpoint, signedSize = :size',
          ConditionExpression: 'signedSize < :size',
          ExpressionAttributeValues: toItem({ ':checkpoint': checkpoint, ':size': head.size }),
        }),
      )
    } catch (error) {
      // Somebody signed this tree, or a later one: theirs stands.
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
    return { ...head, signedSize: head.size, checkpoint }
  }

  /** Commits one batch of pending entries to the tree; the same head if there is none. Throws Moved when another pass was first. */
  const commitBatch = async (head: LogHead): Promise<LogHead> => {
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pending',
        ExpressionAttributeValues: toItem({ ':pending': 'pending' }),
        Limit: batch,
      }),
    )
    const pending = (Items ?? []).map(item => LogRow.parse(toRow(item)))
    if (pending.length === 0) return head
    let tree: Frontier = {
      size: head.size,
      edge: head.edge.map(hash => Buffer.from(hash, 'base64')),
    }
    const entries: Row[] = pending.map(row => {
      const index = tree.size
      tree = append(tree, Buffer.from(row.leaf))
      return { ...row, ...entryKey(index), index }
    })
    const grown: LogHead = {
      ...head,
      size: tree.size,
      edge: tree.edge.map(hash => hash.toString('base64')),
    }
    await transact(dynamodb)([
      {
        item: {
          Put: {
            TableName: table,
            Item: toItem(grown),
            ConditionExpression:
              'attribute_not_exists(pk) OR (#size = :size AND signedSize = :signed)',
            ExpressionAttributeNames: { '#size': 'size' },
            ExpressionAttributeValues: toItem({ ':size': head.size, ':signed': head.signedSize }),
          },
        },
        failed: () => 'moved',
      },
      ...entries.map(row => ({
        item: {
          Put: {
            TableName: table,
            Item: toItem(row),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        failed: () => 'moved' as const,
      })),
      ...pending.map(row => ({
        item: {
          Delete: {
            TableName: table,
            Key: toItem({ pk: 'pending', sk: row.id }),
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
        failed: () => 'moved' as const,
      })),
    ])
    return grown
  }

  /** One pass: finishes an unsigned head first, then places and signs until nothing is pending. Answers the signed size. */
  const run = async (): Promise<number> => {
    let head = await sign(await readHead())
    for (;;) {
      try {
        const grown = await commitBatch(head)
        if (grown.size === head.size) return head.size
        head = await sign(grown)
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        head = await sign(await readHead())
      }
    }
  }

  return {
    run,
    /** A pass for readers: where it fails, they still get to see what is written, without the newest places. */
    tryRun: async (): Promise<void> => {
      await run().catch((error: unknown) =>
        log('error', 'sequence-failed', { error: error instanceof Error ? error.name : 'unknown' }),
      )
    },
  }
}
