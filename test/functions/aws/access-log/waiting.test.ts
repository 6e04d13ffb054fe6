// What is pending waits in two partitions and is one list: by id, and never further than all of it is known.
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { partitionFor, readWaiting } from '../../../../functions/aws/access-log/waiting.ts'
import { toItem } from '../../../../functions/aws/dynamodb.ts'
import { Keyid, ReferralId, RequestId } from '../../../../schemas/ids.ts'
import { ownTables } from '../own-tables.ts'

const { dynamodb, tableOf } = await ownTables()
const table = tableOf('AccessLog')

const put = (pk: 'pending' | 'pending#1', ...ids: string[]) =>
  Promise.all(
    ids.map(id =>
      dynamodb.send(
        new PutItemCommand({ TableName: table, Item: toItem({ pk, sk: id, id, leaf: '{}' }) }),
      ),
    ),
  )
const read = async (limit: number) => {
  const { rows, more } = await readWaiting({ dynamodb, table }, limit)
  return { ids: rows.map(({ id }) => id).join(''), more }
}

test('entries of both partitions are in the order of their ids, and none behind what is not known', async () => {
  expect(await read(4)).toEqual({ ids: '', more: false })
  await put('pending', 'a', 'd', 'e')
  await put('pending#1', 'b', 'c', 'z')
  expect(await read(7)).toEqual({ ids: 'abcdez', more: false })
  // As many as were asked for, though each partition has told all of its own.
  expect(await read(4)).toEqual({ ids: 'abcd', more: true })
  // The first partition may have more behind e, so z has to wait.
  await put('pending', 'f', 'g')
  expect(await read(4)).toEqual({ ids: 'abcd', more: true })
  await put('pending', 'A', 'B', 'C', 'D')
  expect(await read(4)).toEqual({ ids: 'ABCD', more: true })
  // z sorts behind all that could be in the rest of the other.
  const { ids } = await read(6)
  expect(ids).toBe('ABCDab')
})

const digits = Array.from({ length: 16 }, (_, n) => n.toString(16))
const uuid = (digit: string) => `019a3c5e-0000-7000-8000-00000000000${digit}`
const partition = (request: string, referral?: string) =>
  partitionFor({
    request: { id: RequestId.parse(uuid(request)), method: 'POST', path: '/' },
    ...(referral && { referralId: ReferralId.parse(uuid(referral)) }),
  })
const ofKey = (request: string) =>
  partitionFor({
    request: { id: RequestId.parse(uuid(request)), method: 'POST', path: '/' },
    subjectKeyid: Keyid.parse('k'.repeat(43)),
  })
const inFirst = (all: string[]) => all.filter(name => name === 'pending').length

test('all that is about a referral waits in one partition, whatever its request; all others by theirs', () => {
  for (const referral of digits)
    expect(new Set(digits.map(request => partition(request, referral))).size).toBe(1)
  expect(inFirst(digits.map(digit => partition('0', digit)))).toBe(8)
  expect(inFirst(digits.map(digit => partition(digit)))).toBe(8)
})

test('the life of keys waits in one partition: a confirmation is never read without its proposal', () => {
  expect(inFirst(digits.map(ofKey))).toBe(16)
})
