// What an institution cosigned stays: each of the two conditions holds by itself, also where a restored backup has
// undone the other's row.
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import {
  type Cosigned,
  type KeptCosigned,
  cosignatures,
} from '../../../../functions/aws/access-log/cosignatures.ts'
import { padded } from '../../../../functions/aws/access-log/rows.ts'
import { Moved, toItem, transact } from '../../../../functions/aws/dynamodb.ts'
import { rowOf } from '../../../../functions/aws/known-rows.ts'
import { InstitutionCode, Instant, Keyid } from '../../../../schemas/ids.ts'
import { ownTables } from '../own-tables.ts'

const { dynamodb, tableOf } = await ownTables()
const table = tableOf('AccessLog')
const { add, last } = cosignatures({ dynamodb, table })

const [igm, keyid] = [InstitutionCode.parse('IGM'), Keyid.parse('k'.repeat(43))]
const cosigned = (size: number): Cosigned => ({
  institution: igm,
  keyid,
  size,
  root: Buffer.alloc(32, size).toString('base64'),
  cosignedAt: Instant.parse('2026-11-21T12:00:00.000Z'),
  text: `log\n${size}\nroot\n`,
  logLine: '— log AAAA\n',
  lines: [{ keyid, line: `— IGM ${size}\n` }],
})
const keep = (size: number, before: KeptCosigned | undefined) =>
  transact(dynamodb)(add(cosigned(size), before))
const newest = { pk: 'cosigned', sk: 'IGM' }
const second = { pk: 'cosigned#IGM', sk: padded(2) }

test('two that follow the same one: the first stands, the other has to look again', async () => {
  await keep(10, undefined)
  await expect(keep(11, undefined)).rejects.toThrow(Moved)
  const before = await last(igm)
  await keep(30, before)
  await expect(keep(20, before)).rejects.toThrow(Moved)
  expect(await last(igm)).toMatchObject({ n: 2, size: 30 })
})

test('the newest does not go back, though its row in the history is missing', async () => {
  const row = await rowOf(dynamodb, { table, key: second })
  const first = { ...cosigned(10), n: 1 }
  await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem(second) }))
  await expect(keep(20, first)).rejects.toThrow(Moved)
  expect(await last(igm)).toMatchObject({ n: 2, size: 30 })
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(row ?? {}) }))
})

test('the history is not written over, though the newest was put back to an older one', async () => {
  const older = { ...newest, n: 1, ...cosigned(10) }
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(older) }))
  await expect(keep(20, await last(igm))).rejects.toThrow(Moved)
  expect(await rowOf(dynamodb, { table, key: second })).toMatchObject({ n: 2, size: 30 })
})
