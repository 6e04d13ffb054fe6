// What the exchange may call at AWS. These tables are to be read: a call, a round trip or a unit more is a decision,
// and one less is to be kept. `npm run calls` prints the same.
import { beforeAll, expect, test } from 'vitest'
import { type Exchange, countExchange } from './exchange.ts'
import { figuresOf, listOf, summaryOf } from './figures.ts'

let exchange: Exchange
beforeAll(async () => {
  exchange = await countExchange()
}, 300_000)

test('calls, round trips one after the other, units and bytes are as written here', () => {
  expect(`\n${summaryOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
               calls  hops  units  index  single  read    KiB  US$/1,000
    submit         5     4     34      6       1     5   23.2      0.026
    pullOne       10     6     94     25       2    18   66.7      0.078
    pullTen       19     6    198    120       2    81  211.8      0.210
    ackOne         4     3     14     10       1     4   10.4      0.016
    ackTen         4     3    122    100       1    13   66.7      0.141
    status         3     3   18.4    9.4       1     5   13.1      0.019
    release        9     5     24     10       2    16   35.5      0.025
    lifecycle     34    28    234     88       9    52  166.0      0.213
    "
  `)
})

test('each operation calls what is written here', () => {
  expect(`\n${listOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
    submit
      1 × BatchGetItem AccessLog, Directory 2, Requests 2
      1 × GenerateDataKey
      1 × GenerateMac
      1 × SendMessageBatch ALA.fifo 1
      1 × TransactWriteItems AccessLog, ConsentLedger, Outbox, ReferralKeys, Referrals 5, Requests 2
    pullOne
      1 × BatchGetItem AccessLog 2, ConsentLedger 2, ReferralKeys, Referrals
      1 × BatchGetItem AccessLog, Directory, Requests 2
      1 × BatchGetItem ConsentLedger 2, Referrals
      1 × Decrypt
      2 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 20, ConsentLedger, Referrals, Requests
      1 × UpdateItem AccessLog
    pullTen
      1 × BatchGetItem AccessLog 2, ConsentLedger 20, ReferralKeys 10, Referrals 10
      1 × BatchGetItem AccessLog, Directory, Requests 2
      1 × BatchGetItem ConsentLedger 20, Referrals 10
      10 × Decrypt
      2 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 33, ConsentLedger 10, Referrals 10, Requests
      1 × UpdateItem AccessLog
    ackOne
      1 × BatchGetItem AccessLog, Directory, Referrals, Requests
      1 × DeleteMessageBatch ALA.fifo 1
      1 × SendMessageBatch IGM.fifo 1
      1 × TransactWriteItems AccessLog, Outbox 2, Referrals, Requests
    ackTen
      1 × BatchGetItem AccessLog, Directory, Referrals 10, Requests
      1 × DeleteMessageBatch ALA.fifo 10
      1 × SendMessageBatch IGM.fifo 10
      1 × TransactWriteItems AccessLog 10, Outbox 20, Referrals 10, Requests
    status
      5 × BatchGetItem AccessLog, Directory, Referrals, Requests 2
      5 × SendMessageBatch IGM.fifo 1
      1 × TransactWriteItems AccessLog, Outbox, Referrals 2, Requests 2
      4 × TransactWriteItems AccessLog, Outbox, Referrals, Requests 2
    release
      1 × BatchGetItem AccessLog 2, ConsentLedger 2, ReferralKeys
      1 × BatchGetItem AccessLog, Directory, Referrals 2, Requests
      1 × BatchGetItem ConsentLedger 2, Referrals
      1 × Decrypt
      2 × Query AccessLog
      1 × Sign
      1 × TransactWriteItems AccessLog 3, ConsentLedger, Referrals, Requests
      1 × UpdateItem AccessLog
    "
  `)
})

test('nothing calls more than was to be reached, whatever the tables above are made to say', () => {
  const { submit, pullOne, pullTen, ackOne, ackTen, status, release, lifecycle, hops } =
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
  ] as const
  expect(most.filter(([count, limit]) => count > limit)).toEqual([])
})

test('every request writes the bucket of its key once, beside what is counted', () => {
  expect(figuresOf(exchange).bucket).toBe(8)
})
