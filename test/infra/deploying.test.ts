// A deployment: what it does to an account as it is, and what it refuses to do.
import { describe, expect, test } from 'vitest'
import type { LiveHub } from '../../infra/account/stack.ts'
import { Deployed } from '../../infra/deployed.ts'
import { planFor } from '../../infra/deploying.ts'
import { answer, deploying, none, outputs } from './deployment.ts'

const hub = Deployed.parse({ name: 'hub.ngo.gt', authority: 'hub.ngo.gt' })
const twoPasses = { deployed: undefined, passes: [{ kept: false }, { kept: true }] }

const plan = (live: Partial<LiveHub>, remembered?: Deployed, authority?: string) =>
  planFor(
    { stage: 'prod', settings: { authority } },
    { data: undefined, doors: undefined, ...live },
    remembered,
  )
const there = { status: 'CREATE_COMPLETE', outputs: {} }
/** As 0.1 made it: everything in one stack, the doors too. */
const whole = (said: object = {}) => ({
  status: 'UPDATE_COMPLETE',
  outputs: { ...outputs, Url: 'https://own.execute-api.example', ...said },
})

describe('the plan', () => {
  test.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'])(
    'what never was there, or failed as it was made (%s), is made unprotected, then protected',
    status => {
      expect(plan({})).toEqual(twoPasses)
      expect(plan({ data: { status, outputs: {} } })).toEqual(twoPasses)
    },
  )

  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])(
    'what is there (%s) is changed in one pass, and keeps its name',
    status => {
      for (const remembered of [undefined, hub])
        expect(plan({ data: there, doors: { status, outputs } }, remembered)).toEqual({
          deployed: hub,
          passes: [{ kept: true }],
        })
    },
  )

  test('doors that failed as they were made, or are gone, are made before what is kept', () => {
    for (const doors of [undefined, { status: 'ROLLBACK_COMPLETE', outputs: {} }])
      for (const remembered of [undefined, hub])
        expect(plan({ data: there, doors }, remembered)).toEqual({
          deployed: remembered,
          passes: [{ kept: true }],
        })
  })

  test('doors of one stack with the data move out of it, and keep name and authority', () => {
    expect(plan({ data: whole() })).toEqual({ deployed: hub, passes: [{ kept: true }] })
  })

  test('doors whose API has no host but its own do not move unawares: it would have another', () => {
    const data = whole({ Authority: 'own.execute-api.example' })
    for (const said of [undefined, 'own.execute-api.example'])
      expect(() => plan({ data }, undefined, said)).toThrow(
        /another host than own\.execute-api\.example.*--authority-from own/,
      )
    expect(plan({ data }, undefined, 'hub.ngo.gt').deployed?.authority).toBe(
      'own.execute-api.example',
    )
  })

  test.each([
    ['CREATE_IN_PROGRESS', outputs, undefined, 'Wait until it is done'],
    ['UPDATE_ROLLBACK_FAILED', outputs, hub, 'docs/operations.md#a-deployment-that-failed'],
    ['CREATE_COMPLETE', { Url: 'https://x' }, undefined, 'has no outputs HubName and Authority'],
    [
      'CREATE_COMPLETE',
      { ...outputs, HubName: 'other.gt' },
      hub,
      'credentials or the region of another hub',
    ],
    ['ROLLBACK_COMPLETE', {}, hub, 'here is no stack ReferralHub'],
  ])('a stack %s with %j is left alone', (status, has, remembered, sentence) => {
    expect(() => plan({ data: { status, outputs: has } }, remembered)).toThrow(sentence)
  })

  test.each(['UPDATE_IN_PROGRESS', 'DELETE_FAILED'])('doors that are %s are left alone', status => {
    expect(() => plan({ data: there, doors: { status, outputs } }, hub)).toThrow(
      `The stack ReferralHub-Doors is ${status}`,
    )
  })

  test('a hub that this checkout has deployed, and that is not here, is not made again', () => {
    expect(() => plan({}, hub)).toThrow(/here is no stack ReferralHub: are these the credentials/)
  })
})

test.each([
  [{ authority: 'other.ngo.gt' }, 'this would make it other.ngo.gt'],
  [{ name: 'other.ngo.gt' }, 'this would call it other.ngo.gt'],
])('%j over a live hub runs nothing, and says why', async (said, sentence) => {
  const { exit, ran } = await deploying(said, answer('UPDATE_COMPLETE', outputs))
  expect([(exit as Error).name, ran]).toEqual(['StageError', []])
  expect((exit as Error).message).toContain(sentence)
})

test('an account that does not answer, and settings that are examples, run nothing', async () => {
  const denied =
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
  const { exit, ran } = await deploying({}, denied, { status: 403 })
  expect([(exit as Error).message, ran]).toEqual([
    expect.stringMatching(/could not be asked .*AccessDenied.* npm run preflight/),
    [],
  ])
  const example = await deploying({ authority: 'hub.example.org' }, none, { status: 400 })
  expect((example.exit as Error).message).toContain('is an example; put your own')
})
