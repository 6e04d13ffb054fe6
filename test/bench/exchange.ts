// The main exchange through the front door, beside a floor: the same primitives (a signature, a digest, KMS, one
// transaction, one queue message) called one after the other without the hub.
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  SignCommand,
} from '@aws-sdk/client-kms'
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import {
  createCipheriv,
  createHash,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toItem } from '../../functions/aws/dynamodb.ts'
import { startHub } from '../../infra/local/hub.ts'
import { systemsOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { inTurns, table, times } from './measure.ts'

const pair = generateKeyPairSync('ed25519')

/** What a signed request costs at least: a digest, a signature, its verification. */
const signedBody = (body: string) => {
  const digest = createHash('sha256').update(body).digest('base64')
  const signature = sign(null, Buffer.from(digest), pair.privateKey)
  if (!verify(null, Buffer.from(digest), pair.publicKey, signature)) throw new Error('signature')
}

const row = (name: string, ms = 0, floor = 0) => [
  name,
  ms.toFixed(1),
  floor.toFixed(1),
  times(ms / floor),
]

export const benchExchange = async (
  rounds: number,
  print: (line: string) => void,
): Promise<void> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-bench-'))
  const day = new Date('2026-11-21T12:00:00.000Z')
  const hub = await startHub({ port: 0, data, now: day, log: () => {} })
  const place = { url: hub.url, data, aheadMs: hub.aheadMs }
  const { igm, ala } = await systemsOf(place)
  const [dynamodb, kms, sqs] = [
    new DynamoDBClient(hub.aws),
    new KMSClient(hub.aws),
    new SQSClient(hub.aws),
  ]
  const TableName = hub.nameOf('Requests')
  const queue = `${hub.aws.endpoint}/000000000000/referral-hub-inbox-OIM.fifo`

  /** One transaction of `count` rows of about a kilobyte. */
  const transaction = (count: number) =>
    dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: Array.from({ length: count }, () => ({
          Put: { TableName, Item: toItem({ pk: randomUUID(), filled: 'x'.repeat(1000) }) },
        })),
      }),
    )
  const message = () =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: 'x'.repeat(6000),
        MessageGroupId: randomUUID(),
        MessageDeduplicationId: randomUUID(),
      }),
    )
  const context = { referralId: randomUUID(), agreementId: 'a', recipient: 'OIM' }
  const dataKey = () =>
    kms.send(
      new GenerateDataKeyCommand({
        KeyId: hub.nameOf('EnvelopeKey'),
        KeySpec: 'AES_256',
        EncryptionContext: context,
      }),
    )
  const wrapped = (await dataKey()).CiphertextBlob as Uint8Array

  const floors = {
    submit: async () => {
      const body = JSON.stringify(submissionOf(1))
      signedBody(body)
      const mac = new GenerateMacCommand({
        KeyId: hub.nameOf('GuardKey'),
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from('document'),
      })
      const [{ Plaintext }] = await Promise.all([dataKey(), kms.send(mac)])
      const cipher = createCipheriv('aes-256-gcm', Plaintext as Uint8Array, randomBytes(12))
      cipher.update(body)
      cipher.final()
      await transaction(11)
      await message()
    },
    status: async () => {
      signedBody('{"status":"accepted"}')
      await transaction(5)
      await message()
    },
    release: async () => {
      signedBody('{"purpose":"training-referral"}')
      await transaction(4)
      await transaction(5)
      await kms.send(
        new SignCommand({
          KeyId: hub.nameOf('LogKey'),
          Message: Buffer.alloc(100),
          MessageType: 'RAW',
          SigningAlgorithm: 'ED25519_SHA_512',
        }),
      )
      await kms.send(new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: context }))
    },
    read: async () => {
      signedBody('')
      await dynamodb.send(
        new PutItemCommand({ TableName, Item: toItem({ pk: randomUUID(), filled: 'x' }) }),
      )
    },
  }

  try {
    const sent: { referralId: string }[] = []
    let n = 0
    const submit = async () => {
      const { body } = await igm.submitReferral(submissionOf((n++ % 250) + 1))
      sent.push(body)
    }
    const [submitMs, submitFloor] = await inTurns(rounds, [submit, floors.submit])
    while (sent.length > 0) {
      const { messages } = (await ala.pull({ max: 10, waitSeconds: 1 })).body
      if (messages.length === 0) break
      await ala.ack(messages.map(({ handle }) => handle))
    }
    const received = [...sent]
    const [one] = received as [{ referralId: string }]
    const release = () => ala.release(one.referralId, 'training-referral')
    const read = () => ala.getReferral(one.referralId)
    let next = 0
    const accept = async () => {
      const { referralId } = received[next++] as { referralId: string }
      await ala.changeStatus(referralId, { status: 'accepted' }, '"2"')
    }
    const [releaseMs, releaseFloor] = await inTurns(rounds, [release, floors.release])
    const [readMs, readFloor] = await inTurns(rounds, [read, floors.read])
    const [statusMs, statusFloor] = await inTurns(rounds - 1, [accept, floors.status])

    print('\nThe exchange, one caller at a time')
    print(
      table(
        ['', 'ms', 'floor ms', 'of floor'],
        [
          row('submit', submitMs, submitFloor),
          row('read a header', readMs, readFloor),
          row('release again', releaseMs, releaseFloor),
          row('change status', statusMs, statusFloor),
        ],
      ),
    )

    print('\nSubmissions side by side: how the rate grows, and memory of hub and callers together')
    const rates: [callers: number, rate: number, residentMb: number][] = []
    for (const callers of [1, 4, 16]) {
      let left = rounds * 8
      const started = performance.now()
      await Promise.all(
        Array.from({ length: callers }, async () => {
          while (left-- > 0) await submit()
        }),
      )
      const rate = (rounds * 8) / (performance.now() - started)
      rates.push([callers, rate, Math.round(process.memoryUsage().rss / 2 ** 20)])
    }
    const [[, alone]] = rates as [[number, number, number]]
    print(
      table(
        ['callers', 'of one caller', 'resident MB'],
        rates.map(([callers, rate, residentMb]) => [callers, times(rate / alone), residentMb]),
      ),
    )
  } finally {
    for (const client of [dynamodb, kms, sqs]) client.destroy()
    await hub.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
