// Who is refused: every signed route of schemas/routes.ts × every caller of hub.json, and every way not to be a caller.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type PrivateJwk, hubKey } from '../../signatures/keys.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import {
  type CallerName,
  type RawAnswer,
  callerOf,
  hubFileOf,
  raw,
  send,
  signed,
  submissionOf,
} from './callers.ts'
import { ownHub } from './own-hub.ts'
import { verifiedLog } from './verified-log.ts'
import { type Caller, isAllowed, named, requestsAbout, signedRoutes } from './who-may.ts'

const hub = await ownHub()
const igm = await callerOf(hub, 'igm-system')
const ala = await callerOf(hub, 'ala-system')
const submitted = (await igm.submitReferral(submissionOf(1))).body
const existing: string = submitted.referralId
/** All that were taken. */
const submissions: string[] = [existing]
const oneMore = async (n: number): Promise<string> => {
  const { referralId } = (await igm.submitReferral(submissionOf(n))).body
  submissions.push(referralId)
  return referralId
}
const [message] = (await ala.pull({ max: 1, waitSeconds: 5 })).body.messages
const { absent, requestOf } = requestsAbout(hub, {
  referralId: existing,
  consentId: submitted.consentId,
  handle: message?.handle,
})
// Until something is signed there is nothing that an officer could verify.
await hub.hub.invoke('referral-hub-SequenceAccessLog', {})

const callers = hubFileOf(hub).keys as Caller[]
const refusals = signedRoutes.flatMap(([name]) =>
  callers.filter(caller => !isAllowed(name, caller)).map(caller => [name, caller.name] as const),
)

const bodyOf = ({ status, headers, json }: RawAnswer) => {
  const { instance, ...rest } = json
  expect(instance).toBe(headers.get('x-request-id'))
  return [status, headers.get('content-type'), rest]
}
const forbidden = [
  403,
  'application/problem+json',
  {
    type: 'https://referral-hub.example/problems/forbidden',
    title: 'No tiene permiso para esto, o no existe',
    status: 403,
    code: 'forbidden',
  },
]

/** Everything an officer can see of what a key was refused, newest first. */
const deniedIn = async (officer: CallerName, caller: CallerName) => {
  const { keyid } = hubFileOf(hub).keys.find(({ name }) => name === caller) ?? { keyid: '' }
  const client = await callerOf(hub, officer)
  const entries: AccessLogEntry[] = []
  for await (const entry of client.everyEntry({ keyid, outcome: 'denied', limit: 200 }))
    entries.push(entry)
  return entries
}

test('this table says who may call what; everybody else is refused', () => {
  const allowed = Object.fromEntries(
    signedRoutes.map(([name]) => [
      name,
      callers
        .filter(caller => isAllowed(name, caller))
        .map(caller => caller.name)
        .join(' '),
    ]),
  )
  const anyone = 'igm-system ala-system'
  const officers = 'igm-compliance ala-compliance'
  const liaisons = 'igm-liaison ala-liaison igm-liaison-2 ala-liaison-2'
  const countersigners =
    'igm-liaison igm-compliance ala-liaison ala-compliance igm-liaison-2 ala-liaison-2'
  const parties =
    'igm-system igm-liaison igm-compliance ala-system ala-liaison ala-compliance igm-liaison-2 ala-liaison-2'
  const listers =
    'igm-system igm-liaison igm-compliance ala-system ala-liaison ala-compliance oim-system stranger igm-liaison-2 ala-liaison-2'
  const everybody = `${listers} igm-signatory ala-signatory`
  const everyParty = `${parties} igm-signatory ala-signatory`
  const managers = 'igm-liaison igm-liaison-2 igm-signatory'
  expect(allowed).toEqual({
    'referral.submit': 'igm-system',
    'referral.read': parties,
    'referral.list': listers,
    'referral.status': anyone,
    'referral.milestone': 'ala-system',
    'referral.void-milestone': 'ala-system',
    'referral.handover': 'ala-system',
    'referral.release': 'ala-system',
    'inbox.pull': `${anyone} oim-system stranger`,
    'inbox.ack': `${anyone} oim-system stranger`,
    'inbox.return': `${anyone} oim-system stranger`,
    'inbox.redrive':
      'igm-liaison ala-system ala-liaison oim-system stranger igm-liaison-2 ala-liaison-2',
    'consent.read': parties,
    'consent.withdraw': anyone,
    'consent.confirm-deletion': 'ala-system',
    'consent.certify': parties,
    'agreement.list': everybody,
    'agreement.read': everyParty,
    'agreement.notice': 'igm-signatory ala-signatory',
    'access-log.query': officers,
    'access-log.checkpoint': countersigners,
    'access-log.public-key': countersigners,
    'access-log.proof': officers,
    'access-log.entry': officers,
    'access-log.summary': officers,
    'access-log.tile': countersigners,
    'access-log.bundle': officers,
    'access-log.cosign': liaisons,
    'access-log.cosignatures': countersigners,
    'referral.receipt': 'igm-system',
    'report.progress': everybody,
    'me.read': everybody,
    'institution.list': everybody,
    'institution.keys': everybody,
    'key.enrol': 'igm-liaison igm-liaison-2',
    'key.confirm': managers,
    'key.revoke': 'igm-system igm-liaison igm-liaison-2 igm-signatory',
  })
  expect(refusals.length).toBe(261)
})

/** What was refused below to keys whose institution has an officer: who that is, and the id of the request. */
const refused: { name: RouteName; caller: CallerName; officer: CallerName; id: unknown }[] = []

describe('refused with the same words whether the thing exists or not, and written down:', () => {
  test.each(refusals)('%s by %s', async (name, caller) => {
    const answers = [await raw(hub, caller, requestOf(name))]
    if (named.test(routes[name].path))
      answers.push(
        await raw(hub, caller, requestOf(name, absent)),
        await raw(hub, caller, requestOf(name, 'not-an-id')),
      )
    for (const answer of answers) expect(bodyOf(answer)).toEqual(forbidden)
    // Nor do header fields tell: the same ones, and bodies of one length.
    const shapes = answers.map(
      ({ headers, text }) => `${text.length} ${[...headers.keys()].join()}`,
    )
    expect(new Set(shapes).size).toBe(1)

    // An institution that is party to nothing has nobody who may read the log.
    const { institution } = callers.find(each => each.name === caller) ?? { institution: '' }
    if (institution !== 'IGM' && institution !== 'ALA') return
    const officer = institution === 'IGM' ? 'igm-compliance' : 'ala-compliance'
    for (const { json } of answers) refused.push({ name, caller, officer, id: json.instance })
  })

  test('each of them is an entry, which the officer of the caller’s institution finds', async () => {
    expect(refused.length).toBeGreaterThanOrEqual(100)
    for (const caller of new Set(refused.map(each => each.caller))) {
      const asked = refused.filter(each => each.caller === caller)
      const seen = await deniedIn(asked[0]?.officer as CallerName, caller)
      for (const { name, id } of asked)
        expect(
          seen.find(({ request }) => request.id === id),
          `${name} by ${caller}`,
        ).toMatchObject({
          action: (routes[name] as RouteSpec).action,
          outcome: 'denied',
          code: 'forbidden',
        })
    }
  })
})

describe('an attempt on a referral by somebody who is no party', () => {
  test('is seen by the officers of both parties, at once for each referral', async () => {
    for (const caller of ['stranger', 'oim-system'] as const) {
      const referralId = await oneMore(caller === 'stranger' ? 2 : 3)
      const { json } = await raw(hub, caller, { path: `/v1/referrals/${referralId}` })
      for (const officer of ['igm-compliance', 'ala-compliance'] as const) {
        const entries = await deniedIn(officer, caller)
        expect(entries.find(({ request }) => request.id === json.instance)).toMatchObject({
          action: 'referral.read',
          outcome: 'denied',
          code: 'forbidden',
          referralId,
          refusals: 1,
        })
      }
    }
  })

  test('that asks on and on is summed, so that no stranger fills the log', async () => {
    const referralId = await oneMore(4)
    for (let n = 0; n < 20; n++) {
      await raw(hub, 'stranger', { path: `/v1/referrals/${referralId}` })
      await raw(hub, 'stranger', { path: `/v1/referrals/${absent}` })
    }
    const entries = await deniedIn('ala-compliance', 'stranger')
    const about = entries.filter(entry => entry.referralId === referralId)
    expect(about.map(entry => entry.refusals)).toEqual([16, 8, 4, 2, 1])
    // A party's refusals are entries each, however many.
    for (let n = 0; n < 5; n++) await raw(hub, 'igm-liaison', { path: '/v1/access-log' })
    const parties = await deniedIn('igm-compliance', 'igm-liaison')
    expect(parties.slice(0, 5).map(({ action }) => action)).toEqual(
      Array.from({ length: 5 }, () => 'access-log.query'),
    )
    expect(parties.some(entry => entry.refusals !== undefined)).toBe(false)
  })

  test('is seen by nobody outside the agreement, nor is anything else of it', async () => {
    // Could a stranger see what was written about their attempts, the log would tell what the refusal does not.
    for (const caller of ['stranger', 'oim-system'] as const)
      for (const query of ['', `referralId=${existing}`, `referralId=${absent}`, 'institution=XXX'])
        expect(bodyOf(await raw(hub, caller, { path: '/v1/access-log', query }))).toEqual(forbidden)
  })
})

test('a party that may not make a change is refused before it learns whether its version was right', async () => {
  for (const version of ['"1"', '"99"']) {
    const request = requestOf('referral.status')
    const body = JSON.stringify({ status: 'accepted' })
    const headers = { ...request.headers, 'if-match': version }
    const answer = await raw(hub, 'igm-system', { ...request, body, headers })
    expect(bodyOf(answer)).toEqual(forbidden)
  }
})

describe('whoever does not prove to be a caller gets a 401 on', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const unregistered = hubKey(privateKey.export({ format: 'jwk' }) as PrivateJwk)

  test.each(signedRoutes.map(([name]) => [name]))('%s', async name => {
    const [{ name: allowed }] = callers.filter(caller => isAllowed(name, caller)) as [Caller]
    const request = requestOf(name)
    const unsigned = signed(hub, allowed, request)
    unsigned.headers.delete('signature')
    const [alien, forged] = [await unregistered, signed(hub, allowed, request)]
    forged.headers.set('signature', `hub=:${Buffer.alloc(64, 7).toString('base64')}:`)
    const otherwise = signed(hub, allowed, request)
    otherwise.url += '?status=requested'
    const answers = [
      await send(unsigned),
      await send(forged),
      await send(otherwise),
      await raw(hub, alien, request),
      // Somebody else's key under a name that is known.
      await raw(hub, { ...alien, keyid: hubFileOf(hub).keys[0]?.keyid as string }, request),
    ]
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
      [401, 'signature-missing'],
      [401, 'signature-invalid'],
      [401, 'signature-invalid'],
      [401, 'key-unknown'],
      [401, 'signature-invalid'],
    ])
    // Nothing of a request that nobody signed is in the log, and nobody is told how long the log is.
    for (const { headers } of answers) expect(headers.has('access-log-size')).toBe(false)
  })
})

test('after all these refusals the referral is as it was, and there is no other', async () => {
  const { body } = await igm.listReferrals({ direction: 'sent' })
  expect(body.items.map(({ referralId }) => referralId).toSorted()).toEqual(submissions.toSorted())
  for (const item of body.items) expect(item).toMatchObject({ status: 'requested', version: 1 })
  const officer = await callerOf(hub, 'igm-compliance')
  const entries = (await officer.accessLog({ action: 'referral.submit', outcome: 'allowed' })).body
  expect(entries.items.length).toBe(submissions.length)
  // Every refusal is on record under what was asked for.
  expect(await verifiedLog(hub)).toMatchObject({
    ok: true,
    referrals: submissions.length,
  })
})
