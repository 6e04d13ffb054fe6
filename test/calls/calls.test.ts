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
    submit         5     4     30      6       1     5   22.0      0.024
    pullOne       10     6     58     25       2    17   56.5      0.055
    pullTen       19     6    136    120       2    78  193.8      0.171
    ackOne         4     3     12     10       1     4    9.9      0.015
    ackTen         4     3    102    100       1    13   61.5      0.129
    status         3     3   14.8    9.4       1     5   11.6      0.016
    release        9     5     22     10       2    16   34.8      0.023
    lifecycle     34    28    174     88       9    51  146.3      0.176
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
  ] as const
  expect(most.filter(([count, limit]) => count > limit)).toEqual([])
})

test('every request writes the bucket of its key once, beside what is counted', () => {
  expect(figuresOf(exchange).bucket).toBe(8)
})
