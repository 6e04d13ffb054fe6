// Who is refused: signed routes of schemas/routes.ts × callers of hub.json, and ways not to be a caller.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type PrivateJwk, hubKey } from '../../signatures/keys.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import { type CallerName, callerOf, hubFileOf, systemsOf } from './callers.ts'
import { bodyOf, deniedIn, forbidden } from './denials.ts'
import { emptyHub } from './empty-hub.ts'
import { type RawAnswer, raw, send, signed } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { verifiedLog } from './verified-log.ts'
import { type Caller, isAllowed, named, requestsAbout, signedRoutes } from './who-may.ts'

/** Some of all for the n-th route. */
export type Some = <T>(all: readonly T[], nth: number) => readonly T[]

const parties = ['IGM', 'ALA']
const isParty = ({ institution }: Pick<Caller, 'institution'>) => parties.includes(institution)

/** Tries `some` of those who may not call a route, and of the ways not to be a caller: of every route, every caller. */
export const refused = async (some: Some): Promise<void> => {
  const hub = await emptyHub()
  const { igm, ala } = await systemsOf(hub)
  const submitted = (await igm.submitReferral(submissionOf(1))).body
  const existing: string = submitted.referralId
  const [message] = (await ala.pull({ max: 1, waitSeconds: 5 })).body.messages
  const { absent, requestOf } = requestsAbout(hub, {
    referralId: existing,
    consentId: submitted.consentId,
    handle: message?.handle,
  })
  // Until something is signed there is nothing that an officer could verify.
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})

  const callers = hubFileOf(hub).keys as Caller[]
  const refusable = signedRoutes.map(([name]) => ({
    name,
    none: callers.filter(caller => !isAllowed(name, caller)),
  }))
  const refusals = refusable.flatMap(({ name, none }, nth) =>
    some(none, nth).map(caller => [name, caller.name] as const),
  )

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
    const ofParties =
      'igm-system igm-liaison igm-compliance ala-system ala-liaison ala-compliance igm-liaison-2 ala-liaison-2'
    const listers =
      'igm-system igm-liaison igm-compliance ala-system ala-liaison ala-compliance oim-system stranger igm-liaison-2 ala-liaison-2'
    const everybody = `${listers} igm-signatory ala-signatory`
    const everyParty = `${ofParties} igm-signatory ala-signatory`
    const managers = 'igm-liaison igm-liaison-2 igm-signatory'
    expect(allowed).toEqual({
      'referral.submit': 'igm-system',
      'referral.read': ofParties,
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
      'consent.read': ofParties,
      'consent.withdraw': anyone,
      'consent.confirm-deletion': 'ala-system',
      'consent.certify': ofParties,
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
    expect(refusable.flatMap(({ none }) => none).length).toBe(261)
    // Nobody is left out, and no route.
    expect(new Set(refusals.map(([, caller]) => caller)).size).toBe(callers.length)
    expect([...new Set(refusals.map(([name]) => name))]).toEqual(
      refusable.filter(({ none }) => none.length > 0).map(({ name }) => name),
    )
  })

  /** What was refused below to keys whose institution has an officer: who that is, and the id of the request. */
  const written: { name: RouteName; caller: CallerName; officer: CallerName; id: unknown }[] = []

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
      if (!isParty({ institution })) return
      const officer = institution === 'IGM' ? 'igm-compliance' : 'ala-compliance'
      for (const { json } of answers) written.push({ name, caller, officer, id: json.instance })
    })

    test('each of them is an entry, which the officer of the caller’s institution finds', async () => {
      expect(written.length).toBeGreaterThanOrEqual(refusals.length / 2)
      for (const caller of new Set(written.map(each => each.caller))) {
        const asked = written.filter(each => each.caller === caller)
        const seen = await deniedIn(hub, asked[0]?.officer as CallerName, caller)
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

    test.each(signedRoutes.map(([name], nth) => [name, nth] as const))('%s', async (name, nth) => {
      const [{ name: allowed }] = callers.filter(caller => isAllowed(name, caller)) as [Caller]
      const request = requestOf(name)
      const unsigned = () => {
        const bare = signed(hub, allowed, request)
        bare.headers.delete('signature')
        return send(bare)
      }
      const forged = () => {
        const made = signed(hub, allowed, request)
        made.headers.set('signature', `hub=:${Buffer.alloc(64, 7).toString('base64')}:`)
        return send(made)
      }
      const otherwise = () => {
        const made = signed(hub, allowed, request)
        made.url += '?status=requested'
        return send(made)
      }
      const alien = await unregistered
      const ways = [
        [forged, 'signature-invalid'],
        [otherwise, 'signature-invalid'],
        [() => raw(hub, alien, request), 'key-unknown'],
        // Somebody else's key under a name that is known.
        [
          () => raw(hub, { ...alien, keyid: hubFileOf(hub).keys[0]?.keyid as string }, request),
          'signature-invalid',
        ],
      ] as const
      const tried = [[unsigned, 'signature-missing'] as const, ...some(ways, nth)]
      const answers: RawAnswer[] = []
      for (const [ask] of tried) answers.push(await ask())
      expect(answers.map(({ status, json }) => [status, json.code])).toEqual(
        tried.map(([, code]) => [401, code]),
      )
      // Nothing of a request that nobody signed is in the log, and nobody is told how long the log is.
      for (const { headers } of answers) expect(headers.has('access-log-size')).toBe(false)
    })
  })

  test('after all these refusals the referral is as it was, and there is no other', async () => {
    const { body } = await igm.listReferrals({ direction: 'sent' })
    expect(body.items.map(({ referralId }) => referralId)).toEqual([existing])
    for (const item of body.items) expect(item).toMatchObject({ status: 'requested', version: 1 })
    const officer = await callerOf(hub, 'igm-compliance')
    const entries = (await officer.accessLog({ action: 'referral.submit', outcome: 'allowed' }))
      .body
    expect(entries.items.length).toBe(1)
    // Every refusal is on record under what was asked for.
    expect(await verifiedLog(hub)).toMatchObject({
      ok: true,
      referrals: 1,
    })
  })
}
