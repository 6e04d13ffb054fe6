// For how long a door knows what was read ahead for it: one look at each row, in its first run.
import { expect, test } from 'vitest'
import { Moved } from '../../../functions/aws/dynamodb.ts'
import type { KnownRows } from '../../../functions/aws/known-rows.ts'
import { good, registered } from '../../signatures/forged-rows.ts'
import { startStack } from './stack.ts'

const [first, second] = [{ pk: 'referral#first' }, { pk: 'referral#second' }]
const looks: unknown[] = []
let runs = 0
const at = (key: typeof first) => ({ table: stack.tableOf('Referrals'), key })
const look = (known: KnownRows, ...keys: (typeof first)[]) =>
  looks.push(keys.map(key => known.take(at(key))))
const stack = await startStack(registered, {
  ahead: { Referrals: [first, second] },
  door: async ({ known, commit }) => {
    runs += 1
    if (runs === 1) {
      look(known, first, first)
      throw new Moved()
    }
    look(known, second)
    await commit({ occurrences: [{ action: 'referral.list', outcome: 'allowed' }] })
    return { body: {} }
  },
})

test('a row is handed out once; a run after the first knows nothing, not even what the first did not ask for', async () => {
  expect(await stack.ask(good('n'.repeat(22)))).toMatchObject({ status: 200 })
  expect(looks).toEqual([[{ row: undefined }, undefined], [undefined]])
})
