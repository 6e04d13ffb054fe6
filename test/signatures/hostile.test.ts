// A table of requests that no honest client sends, through the whole stack: each is refused with its code, no key is
// looked up sooner or oftener than need be, and nothing of it is left but a count.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { policy } from '../../signatures/policy.ts'
import { Algorithm } from '../../schemas/agreement.ts'
import { problems, type ProblemCode } from '../../schemas/problem.ts'
import { afterTheKey, good, registered } from './forged-rows.ts'
import { byForm } from './hostile-rows.ts'
import { byStatement } from './stated-rows.ts'
import { startStack } from '../functions/http/stack.ts'

const stack = await startStack(registered)
const beforeAnyKey = [...byForm, ...byStatement]
const rows = [...beforeAnyKey, ...afterTheKey]
const rules = new Set<string | undefined>()

/** CloudWatch's embedded metric format: counted in all, and by code. Both names are members of the line. */
const embedded = {
  _aws: {
    CloudWatchMetrics: [
      {
        Namespace: 'ReferralHub/referral-hub.example/local',
        Dimensions: [[], ['code']],
        Metrics: [{ Name: 'SignatureFailures', Unit: 'Count' }],
      },
    ],
  },
}

test('there are more than a hundred, and no two have the same name', () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThan(100)
})

describe.each([
  ['refused before any key is looked up', beforeAnyKey],
  ['refused once the key is known', afterTheKey],
])('%s', (_, some) => {
  test.each(some)('$name: $code', async ({ code, lookups, event }) => {
    stack.logged()
    const judged = await stack.ask(event())
    expect(judged).toMatchObject({ status: problems[code as ProblemCode].status, code, lookups })
    rules.add(judged.rule)
    const counts = stack.logged().filter(line => line['SignatureFailures'] === 1)
    expect(counts).toMatchObject([{ ...embedded, code, route: 'referral.list' }])
    // A key that was only named is in no log; one that we know, is.
    expect('keyid' in (counts[0] ?? {})).toBe(lookups === 1 && code !== 'key-unknown')
  })
})

test('nothing of all that is left: no nonce, no stored answer, no entry, no tokens taken from anybody', async () => {
  expect(await stack.rows()).toEqual([])
})

test('each rule of the policy has refused some of them', () => {
  expect(policy.map(({ name }) => name).filter(name => !rules.has(name))).toEqual([])
})

test('docs/reference/signature-profile.md has each rule with its code', () => {
  const text = readFileSync(
    new URL('../../docs/reference/signature-profile.md', import.meta.url),
    'utf8',
  )
  const lines = text.split('\n').filter(line => line.startsWith('|'))
  for (const { name, code } of policy)
    expect(
      lines.some(line => line.includes(`\`${name}\``) && line.includes(`\`${code}\``)),
      name,
    ).toBe(true)
})

test('the good request that they were made of is accepted, in text and in base64, and leaves a nonce and an entry', async () => {
  const accepted = { status: 200, code: undefined, lookups: 1 }
  for (const [n, alg] of Algorithm.options.entries())
    for (const base64 of [false, true])
      expect(await stack.ask(good(`${n}${base64}`.padEnd(22, 'a'), alg, base64))).toMatchObject(
        accepted,
      )
  const left = (await stack.rows()).map(pk => pk.replace(/#.*/s, ''))
  expect(left.filter(one => one === 'nonce').length).toBe(6)
  expect(left.filter(one => one === 'bucket').length).toBe(3)
  expect(left.length).toBe(6 + 6 + 3)
  // And none of them a second time.
  expect(await stack.ask(good('0false'.padEnd(22, 'a')))).toMatchObject({ code: 'nonce-reused' })
})

test('a key that was seen to sign makes no forgery good, and costs none a look-up more', async () => {
  for (const { name, code, lookups, event } of rows)
    expect(await stack.ask(event()), name).toMatchObject({ code, lookups })
})
