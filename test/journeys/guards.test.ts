// What a submission asks of KMS: the referral's key and a guard for each document of the person, side by side.
import { expect, test } from 'vitest'
import { idempotencyKey, raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { type Watched, watchedHub } from './watched-hub.ts'

const hub = await watchedHub()
const submit = (documents: object[]) =>
  raw(hub, 'igm-system', {
    path: '/v1/referrals',
    body: JSON.stringify(submissionOf(1, { payload: { identity: { documents } } })),
    headers: { 'idempotency-key': idempotencyKey() },
  })
const passport = (number: string) => ({ type: 'passport', number, issuingCountry: 'HND' })
const keys = ({ operation }: Watched) => operation.startsWith('Generate')

test('several documents cost a call each, and no round trip more than one', async () => {
  // The function starts, and asks for its sender's key.
  expect((await submit([passport('PRUEBA-801')])).status).toBe(201)
  // None is answered before all have been asked.
  const asked = Promise.withResolvers<void>()
  let count = 0
  const [{ status }, calls] = await hub.during(
    () => submit([passport('PRUEBA-811'), passport('PRUEBA-812'), passport('PRUEBA-813')]),
    (call, pass) => {
      if (!keys(call)) return undefined
      if (++count === 4) asked.resolve()
      return asked.promise.then(pass)
    },
  )
  expect(status).toBe(201)
  expect(
    calls
      .filter(keys)
      .map(({ operation }) => operation)
      .toSorted(),
  ).toEqual(['GenerateDataKey', 'GenerateMac', 'GenerateMac', 'GenerateMac'])
})
