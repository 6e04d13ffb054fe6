// Gives pending entries their place in the tree, and has the tree's head signed. The tree is committed first and signed
// after: signing first could sign two histories.
import { type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { createPublicKey } from 'node:crypto'
import { base64 } from '../../../log/bytes.ts'
import { checkpointText, signedNote, verifierKey } from '../../../log/checkpoint.ts'
import { type Frontier, append, leafHash, root } from '../../../log/merkle.ts'
import { growTiles } from '../../../log/tiles.ts'
import { type LogHead, LogRow, aboutOf } from './pending.ts'
import { entryKey, readHead, tileReader, tileRow } from './rows.ts'
import { idAt, log } from '../runtime.ts'
import { Moved, type Row, settle, toItem, toRow, transact } from '../dynamodb.ts'

/** A transaction takes 100 items: the head, two writes for each entry, and a tile or two of each level that grows. */
const batch = 46

/** A pass that did not reach the end in its time: more comes in than is placed, or much was left over. */
class LogBehind extends Error {
  override readonly name = 'LogBehind'
}

export type LogSequence = ReturnType<typeof logSequence>

export const logSequence = (deps: {
  dynamodb: DynamoDBClient
  table: string
  kms: KMSClient
  keyId: string
  origin: string
  /** Told of what was signed. */
  saw?: ((size: number) => void) | undefined
}) => {
  const { dynamodb, table, kms, keyId, origin } = deps
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
    // Where it has moved, somebody signed this tree, or a later one: theirs stands.
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: 'head', sk: 'head' }),
          UpdateExpression: 'SET checkpoint = :checkpoint, signedSize = :size',
          ConditionExpression: 'signedSize < :size',
          ExpressionAttributeValues: toItem({ ':checkpoint': checkpoint, ':size': head.size }),
        }),
      ),
    )
    return { ...head, signedSize: head.size, checkpoint }
  }

  const signedHead = async (): Promise<LogHead> => sign(await readHead(deps))

  /**
   * Commits one batch of pending entries to the tree; undefined if there is none, or where ids begin after `until`.
   * Throws Moved when another pass was first.
   */
  const commitBatch = async (head: LogHead, until?: string): Promise<LogHead | undefined> => {
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
    const [first] = pending
    if (!first || (until !== undefined && first.id > until)) return undefined
    let tree: Frontier = {
      size: head.size,
      edge: head.edge.map(hash => Buffer.from(hash, 'base64')),
    }
    const entries: Row[] = pending.map(row => {
      const index = tree.size
      tree = append(tree, Buffer.from(row.leaf))
      return { ...row, ...entryKey(index), index, ...aboutOf(row.leaf) }
    })
    const tiles = await growTiles(
      head.size,
      pending.map(row => leafHash(Buffer.from(row.leaf))),
      tileReader({ dynamodb, table }),
    )
    const grown: LogHead = {
      ...head,
      size: tree.size,
      edge: tree.edge.map(base64),
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
      ...tiles.map(tile => ({
        item: { Put: { TableName: table, Item: toItem(tileRow(tile)) } },
        failed: () => 'moved' as const,
      })),
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

  /**
   * One pass: finishes an unsigned head first, then places and signs all that was pending when it began. What comes in
   * meanwhile is left to the next pass, or a busy hub would never end one. Answers a signed head that covers all that
   * was committed before the pass.
   *
   * @param withinMs longest time; a pass that would take longer throws LogBehind, and what it placed stays placed
   */
  const run = async (withinMs = 5000): Promise<LogHead> => {
    const begun = performance.now()
    // Ids begin with their time. A second more, for clocks that are not quite ours; and the first batch is placed
    // whatever its ids say, for a clock may have been set back.
    const last = idAt(Date.now() + 1000)
    let until: string | undefined
    let head = await signedHead()
    for (;;) {
      try {
        const grown = await commitBatch(head, until)
        if (!grown) {
          // What this pass was to place may have been placed by another since the head was read, and not be signed yet.
          const covering = await signedHead()
          deps.saw?.(covering.signedSize)
          return covering
        }
        head = await sign(grown)
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        head = await signedHead()
      }
      until = last
      if (performance.now() - begun > withinMs) throw new LogBehind()
    }
  }

  return {
    run,
    /** Its name and its public key, 32 bytes of Ed25519. */
    noteKey: async (): Promise<{ origin: string; publicKey: Buffer }> => ({
      origin,
      publicKey: await notePublicKey(),
    }),
    /** The log's verifier key (C2SP signed-note vkey), a line of text. */
    verifierKey: async (): Promise<string> => verifierKey(origin, await notePublicKey()),
    /** A pass for readers: where it fails, they still get to see what is written, without the newest places. */
    tryRun: async (): Promise<LogHead | undefined> =>
      run().catch((error: unknown) => {
        log('error', 'sequence-failed', { error: error instanceof Error ? error.name : 'unknown' })
        return undefined
      }),
  }
}
