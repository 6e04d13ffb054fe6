// What the exchange may call at AWS. These tables are to be read: a call, a round trip or a unit more is a decision,
// and one less is to be kept. `npm run calls` prints the same.
import { beforeAll, expect, test } from 'vitest'
import { type Exchange, countExchange } from './exchange.ts'
import { figuresOf, listOf, summaryOf } from './figures.ts'

let exchange: Exchange
beforeAll(async () => {
  exchange = await countExchange()
}, 120_000)

test('calls, round trips one after the other, units and bytes are as written here', () => {
  expect(`\n${summaryOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
               calls  hops  units  index  single  read    KiB  US$/1,000
    submit         9     8     40      9       6     4   26.7      0.035
    pullOne       21    20    118     80       2    24  105.9      0.128
    pullTen       84    20    362    280       2    94  381.9      0.414
    ackOne         7     6     20     12       2     4   13.6      0.022
    ackTen        43    33    178    120      11    22  105.5      0.196
    status         7     7   25.2   12.4       2     5   16.7      0.025
    release       19    18     40     20       2    18   52.2      0.041
    lifecycle     72    69    304    163      20    57  229.4      0.312
    "
  `)
})

test('each operation calls what is written here', () => {
  expect(`\n${listOf(exchange)}\n`).toMatchInlineSnapshot(`
    "
    submit
      1 × DeleteItem Outbox
      1 × GenerateDataKey
      1 × GenerateMac
      1 × GetItem AccessLog
      2 × GetItem Directory
      1 × GetItem Requests
      1 × SendMessage ALA.fifo
      1 × TransactWriteItems AccessLog, ConsentLedger, Outbox, ReferralKeys, Referrals 4, Requests 2
    pullOne
      1 × Decrypt
      5 × GetItem AccessLog
      1 × GetItem Directory
      1 × GetItem ReferralKeys
      2 × GetItem Referrals
      3 × Query AccessLog
      2 × Query ConsentLedger
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 22
      1 × TransactWriteItems AccessLog, ConsentLedger, Referrals
      1 × TransactWriteItems AccessLog, Requests
      1 × UpdateItem AccessLog
    pullTen
      10 × Decrypt
      5 × GetItem AccessLog
      1 × GetItem Directory
      10 × GetItem ReferralKeys
      20 × GetItem Referrals
      3 × Query AccessLog
      20 × Query ConsentLedger
      1 × ReceiveMessage ALA.fifo
      1 × Sign
      1 × TransactWriteItems AccessLog 44
      10 × TransactWriteItems AccessLog, ConsentLedger, Referrals
      1 × TransactWriteItems AccessLog, Requests
      1 × UpdateItem AccessLog
    ackOne
      1 × DeleteItem Outbox
      1 × DeleteMessage ALA.fifo
      1 × GetItem AccessLog
      1 × GetItem Directory
      1 × GetItem Referrals
      1 × SendMessage IGM.fifo
      1 × TransactWriteItems AccessLog, Outbox, Referrals, Requests
    ackTen
      10 × DeleteItem Outbox
      10 × DeleteMessage ALA.fifo
      1 × GetItem AccessLog
      1 × GetItem Directory
      10 × GetItem Referrals
      10 × SendMessage IGM.fifo
      1 × TransactWriteItems AccessLog 10, Outbox 10, Referrals 10, Requests
    status
      5 × DeleteItem Outbox
      5 × GetItem AccessLog
      5 × GetItem Directory
      5 × GetItem Referrals
      5 × GetItem Requests
      5 × SendMessage IGM.fifo
      1 × TransactWriteItems AccessLog, Outbox, Referrals 2, Requests 2
      4 × TransactWriteItems AccessLog, Outbox, Referrals, Requests 2
    release
      1 × Decrypt
      5 × GetItem AccessLog
      1 × GetItem Directory
      1 × GetItem ReferralKeys
      2 × GetItem Referrals
      3 × Query AccessLog
      2 × Query ConsentLedger
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
