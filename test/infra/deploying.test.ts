// A deployment: what it does to an account as it is, and what it refuses to do.
import { describe, expect, test } from 'vitest'
import { Deployed } from '../../infra/deployed.ts'
import { planFor } from '../../infra/deploying.ts'
import { answer, deploying, none, outputs } from './deployment.ts'

const hub = Deployed.parse({ name: 'hub.ngo.gt', authority: 'hub.ngo.gt' })
const twoPasses = { deployed: undefined, passes: [{ kept: false }, { kept: true }] }

describe('the plan', () => {
  test.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'])(
    'what never was there, or failed as it was made (%s), is made unprotected, then protected',
    status => {
      expect(planFor('prod', undefined, undefined)).toEqual(twoPasses)
      expect(planFor('prod', { status, outputs: {} }, undefined)).toEqual(twoPasses)
    },
  )

  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])(
    'what is there (%s) is changed in one pass, and keeps its name',
    status => {
      for (const remembered of [undefined, hub])
        expect(planFor('prod', { status, outputs }, remembered)).toEqual({
          deployed: hub,
          passes: [{ kept: true }],
        })
    },
  )

  test.each([
    ['CREATE_IN_PROGRESS', outputs, undefined, 'Wait until it is done'],
    ['UPDATE_ROLLBACK_FAILED', outputs, hub, 'docs/operations.md#a-deployment-that-failed'],
    ['CREATE_COMPLETE', {}, undefined, 'has no outputs HubName and Authority'],
    [
      'CREATE_COMPLETE',
      { ...outputs, HubName: 'other.gt' },
      hub,
      'credentials or the region of another hub',
    ],
    ['ROLLBACK_COMPLETE', {}, hub, 'here is no stack ReferralHub'],
  ])('a stack %s with %j is left alone', (status, has, remembered, sentence) => {
    expect(() => planFor('prod', { status, outputs: has }, remembered)).toThrow(sentence)
  })

  test('a hub that this checkout has deployed, and that is not here, is not made again', () => {
    expect(() => planFor('test', undefined, hub)).toThrow(
      /here is no stack ReferralHub-test: are these the credentials/,
    )
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
