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
    submit         5     4     36      6       1     5   23.4      0.028
    pullOne       20    19    110     25       2    25   98.8      0.089
    pullTen       83    19    286    120       2    95  315.0      0.267
    ackOne         4     3     16     10       1     4   10.6      0.017
    ackTen         4     3    142    100       1    13   68.4      0.154
    status         3     3   18.4    9.4       1     5   13.3      0.019
    release       17    16     32     10       2    20   49.3      0.030
    lifecycle     44    41    254     88       9    59  199.3      0.227
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
      1 × BatchGetItem AccessLog, Directory, Requests
      2 × BatchGetItem ConsentLedger 2
      1 × BatchGetItem ReferralKeys
      2 × BatchGetItem Referrals
      1 × Decrypt
      4 × GetItem AccessLog
      3 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 22
      1 × TransactWriteItems AccessLog, ConsentLedger, Referrals
      1 × TransactWriteItems AccessLog, Requests
      1 × UpdateItem AccessLog
    pullTen
      1 × BatchGetItem AccessLog, Directory, Requests
      20 × BatchGetItem ConsentLedger 2
      10 × BatchGetItem ReferralKeys
      20 × BatchGetItem Referrals
      10 × Decrypt
      4 × GetItem AccessLog
      3 × Query AccessLog
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 44
      10 × TransactWriteItems AccessLog, ConsentLedger, Referrals
      1 × TransactWriteItems AccessLog, Requests
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
      1 × BatchGetItem AccessLog, Directory, Referrals 2, Requests
      2 × BatchGetItem ConsentLedger 2
      1 × BatchGetItem ReferralKeys
      1 × BatchGetItem Referrals
      1 × Decrypt
      4 × GetItem AccessLog
      3 × Query AccessLog
      1 × Sign
      1 × TransactWriteItems AccessLog 4
      1 × TransactWriteItems AccessLog, ConsentLedger, Referrals, Requests
      1 × UpdateItem AccessLog
    "
  `)
})

test('every request writes the bucket of its key once, beside what is counted', () => {
  expect(figuresOf(exchange).bucket).toBe(8)
})
