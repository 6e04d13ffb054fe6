// What the exchange may call at AWS. These tables are to be read: a call, a round trip or a unit more is a decision,
// and one less is to be kept. `npm run calls` prints the same.
import { beforeAll, expect, test } from 'vitest'
import { type Exchange, countExchange } from './exchange.ts'
import { constantOf, figuresOf, kibOf, listOf, pricePerThousand } from './figures.ts'

let exchange: Exchange
beforeAll(async () => {
  exchange = await countExchange()
}, 300_000)

test('calls, round trips one after the other and units are as written here', () => {
  expect(`\n${constantOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
               calls  hops  units  index  single
    submit         5     4     30      4       1
    pullOne       10     7     44     20       2
    pullTen       19     7    112     80       2
    ackOne         4     3     12      6       1
    ackTen         4     3     84     60       1
    status         3     3   12.8    5.8       1
    release        9     5     14      6       2
    lifecycle     34    29    150     59       9
    "
  `)
})

test('no more KiB go to AWS and back than is written here', () => {
  const most = {
    submit: 22,
    pullOne: 45,
    pullTen: 180,
    ackOne: 10,
    ackTen: 53,
    status: 12,
    release: 24,
    lifecycle: 131,
  }
  const kib = kibOf(exchange)
  expect(Object.keys(kib)).toEqual(Object.keys(most))
  expect(Object.entries(most).filter(([name, limit]) => (kib[name] ?? 0) > limit)).toEqual([])
})

test('each operation calls what is written here', () => {
  expect(`\n${listOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
    submit
      1 × BatchGetItem AccessLog, Directory 2, Requests 2
      1 × GenerateDataKey
      1 × GenerateMac
      1 × SendMessageBatch ALA.fifo 1
      1 × TransactWriteItems AccessLog, ConsentLedger, Directory, Outbox, Progress 2, ReferralKeys, Referrals 5, Requests 2
    pullOne
      1 × BatchGetItem AccessLog, ConsentLedger 2, Directory, ReferralKeys, Referrals
      1 × BatchGetItem AccessLog, Directory, Requests 2
      1 × BatchGetItem ConsentLedger 2, Directory, Referrals
      1 × Decrypt
      2 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 18, ConsentLedger, Directory, Referrals, Requests
      1 × UpdateItem AccessLog
    pullTen
      1 × BatchGetItem AccessLog, ConsentLedger 20, Directory, ReferralKeys 10, Referrals 10
      1 × BatchGetItem AccessLog, Directory, Requests 2
      1 × BatchGetItem ConsentLedger 20, Directory, Referrals 10
      10 × Decrypt
      2 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 34, ConsentLedger 10, Directory, Referrals 10, Requests
      1 × UpdateItem AccessLog
    ackOne
      1 × BatchGetItem AccessLog, Directory, Referrals, Requests
      1 × DeleteMessageBatch ALA.fifo 1
      1 × SendMessageBatch IGM.fifo 1
      1 × TransactWriteItems AccessLog, Outbox 2, Progress, Referrals, Requests
    ackTen
      1 × BatchGetItem AccessLog, Directory, Referrals 10, Requests
      1 × DeleteMessageBatch ALA.fifo 10
      1 × SendMessageBatch IGM.fifo 10
      1 × TransactWriteItems AccessLog 10, Outbox 20, Progress, Referrals 10, Requests
    status
      5 × BatchGetItem AccessLog, Directory 2, Referrals, Requests 2
      5 × SendMessageBatch IGM.fifo 1
      1 × TransactWriteItems AccessLog, Outbox, Progress 2, Referrals, Requests 2
      1 × TransactWriteItems AccessLog, Outbox, Progress, Referrals 2, Requests 2
      3 × TransactWriteItems AccessLog, Outbox, Progress, Referrals, Requests 2
    release
      1 × BatchGetItem AccessLog, ConsentLedger 2, Directory, ReferralKeys, Referrals
      1 × BatchGetItem AccessLog, Directory, Referrals, Requests
      1 × BatchGetItem ConsentLedger 2, Directory, Referrals
      1 × Decrypt
      2 × Query AccessLog
      1 × Sign
      1 × TransactWriteItems AccessLog 3, ConsentLedger, Directory, Referrals, Requests
      1 × UpdateItem AccessLog
    "
  `)
})

test('nothing calls more than was to be reached, whatever the tables above are made to say', () => {
  const { submit, pullOne, pullTen, ackOne, ackTen, status, release, lifecycle, hops, units } =
    figuresOf(exchange)
  const most = [
    [submit, 5],
    [pullOne, 10],
    [pullTen, 20],
    [ackOne, 4],
    [ackTen, 5],
    [status, 3],
    [release, 10],
    [lifecycle, 34],
    [hops.submit, 4],
    [hops.pull, 7],
    [hops.ack, 3],
    [hops.status, 3],
    [units, 180],
    // US$, as it is printed.
    [Number(pricePerThousand(exchange).toFixed(2)), 0.14],
  ] as const
  expect(most.filter(([count, limit]) => count > limit)).toEqual([])
})

test('every request writes the bucket of its key once, beside what is counted', () => {
  expect(figuresOf(exchange).bucket).toBe(8)
})
