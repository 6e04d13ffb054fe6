// No override exists: no flag, no role, no header, no environment variable, no function. Everything that could carry
// one is walked through.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { hubTemplate, resourcesOf } from '../../infra/local/template.ts'
import { Role } from '../../schemas/agreement.ts'
import { problems } from '../../schemas/problem.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import { type CallerName, hubFileOf, hubNow } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf, withdraw } from './stages.ts'

const hub = await sharedHub()
const { igm, acknowledged, submitted } = await stagesOf(hub)
const pulledOne = await acknowledged(1)
const waitingOne = await submitted(2)
for (const { consentId } of [pulledOne, waitingOne]) await withdraw(hub, igm, consentId)
const control = await acknowledged(3)

const callers = hubFileOf(hub).keys.map(({ name }) => name as CallerName)
const signedRoutes = (Object.entries(routes) as [RouteName, RouteSpec][]).filter(
  ([, { roles }]) => roles.length > 0,
)
/** Words that an override would be called by. */
const suspicious =
  /overrid|forc(e|ed)$|^forc|break.?glass|emergenc|bypass|super.?user|sudo|skip|backdoor|unseal|undelete|restore|recover|escrow|master|debug|root$|admin/i

const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({
      name: join(folder, name),
      text: readFileSync(join(root, folder, name), 'utf8'),
    }))

const functionsWith = (pattern: RegExp) =>
  sources('functions')
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)

/** Every name of a member, parameter or value that the published contract knows. */
const namesIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(each => (typeof each === 'string' ? [each] : namesIn(each)))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, each]) => [
          name,
          ...(typeof each === 'string' && ['name', 'const'].includes(name) ? [each] : []),
          ...namesIn(each),
        ])
      : []

describe('there is no override', () => {
  test('in the contract: no path, parameter, member or value is called like one', async () => {
    const { body } = await igm.openapi()
    const names = namesIn(body)
    expect(names).toContain('/v1/referrals/{referralId}/release')
    expect(names).toContain('training-referral')
    // An example of a refusal is called like its code: `agreement-not-in-force`.
    // `in-force` is a state of an agreement.
    const ways = names.filter(name => !Object.hasOwn(problems, name) && name !== 'in-force')
    expect(ways.filter(name => suspicious.test(name))).toEqual([])
  })

  test('in the roles: these are all, and none of them opens anything but the recipient', () => {
    expect(Role.options.toSorted()).toEqual([
      'compliance-officer',
      'liaison',
      'recipient',
      'referrer',
      'signatory',
    ])
    const disclosing = signedRoutes.filter(([, { answer }]) =>
      JSON.stringify(
        z.toJSONSchema(answer.schema, { io: 'input', unrepresentable: 'any' }),
      ).includes('"givenNames"'),
    )
    expect(disclosing.map(([name]) => name)).toEqual(['referral.release', 'inbox.pull'])
    expect(routes['referral.release'].roles).toEqual(['recipient'])
  })

  test('in the functions: the two that open read the ledger and hold it in the transaction of the release', () => {
    const opening = hubFunctions.filter(({ may }) => may.includes('envelope:open'))
    expect(opening.map(({ name }) => name)).toEqual(['release-referral', 'pull-inbox'])
    for (const { may } of opening)
      for (const needed of ['consents:read', 'consents:hold', 'access-log:append'] as const)
        expect(may).toContain(needed)
    // And in their code: one place alone opens an envelope, after the gate, with the receipt of the log.
    expect(functionsWith(/\bopener\.unwrap\(/)).toEqual(['functions/effects/disclose.ts'])
    expect(functionsWith(/import \{[^}]*\bopen\b[^}]*\} from '[^']*envelope\.ts'/)).toEqual([
      'functions/effects/disclose.ts',
    ])
  })

  test('in the environment: functions get names of what they use, and nothing reads anything else', async () => {
    const names = resourcesOf(await hubTemplate(), 'AWS::Lambda::Function').flatMap(
      ([, { Properties }]) =>
        Object.keys((Properties['Environment'] as { Variables?: object })?.Variables ?? {}),
    )
    expect(new Set(names).size).toBeGreaterThan(8)
    for (const name of names)
      expect(name).toMatch(
        /^(TABLE_[A-Z_]+|KEY_(ENVELOPE|GUARD|LOG)|AUTHORITY|RATE_(PER_SECOND|BURST)|HUB_NAME|INBOX_URL_PREFIX|HEALTH_INSTITUTION)$/,
      )
    const readers = ['functions', 'events', 'schemas']
      .flatMap(sources)
      .filter(({ text }) => /process\.env|import\.meta\.env/.test(text))
    expect(readers.map(({ name }) => name)).toEqual(['functions/aws/runtime.ts'])
    // Where AWS is, and who asks: Lambda's own.
    const ofLambda =
      /^'AWS_(REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ENDPOINT_URL)'$|^`AWS_ENDPOINT_URL_/
    for (const { name, text } of ['functions', 'events'].flatMap(sources))
      for (const [, variable = ''] of text.matchAll(/\benv(?:IfSet|Count)?\(([^)]*)\)/g))
        if (name === 'functions/aws/endpoint.ts') expect(variable).toMatch(ofLambda)
        else if (name !== 'functions/aws/runtime.ts') expect(names).toContain(variable.slice(1, -1))
  })

  test('in how the hub is started: four options, none of which touches a consent', () => {
    const [start] = sources('infra/local').filter(({ name }) => name.endsWith('/start.ts'))
    const options = new Set((start?.text.match(/--[a-z][a-z-]+/g) ?? []).toSorted())
    expect([...options]).toEqual(
      expect.arrayContaining(['--data', '--ephemeral', '--now', '--port']),
    )
    expect([...options].filter(option => suspicious.test(option))).toEqual([])
  })
})

/** Everything anybody ever called an override, said in every way a request has. */
const pretexts: { headers?: Record<string, string>; query?: string; extra?: object }[] = [
  {},
  ...['x-override', 'x-break-glass', 'x-emergency-access', 'x-admin', 'x-debug', 'x-consent'].map(
    name => ({ headers: { [name]: 'true' } }),
  ),
  { headers: { 'x-http-method-override': 'GET', authorization: 'Bearer admin', role: 'admin' } },
  { headers: { prefer: 'handling=lenient', 'x-forwarded-user': 'root', cookie: 'admin=1' } },
  ...['override=true', 'force=1', 'purpose=protection-handling', 'now=2026-11-21'].map(query => ({
    query,
  })),
  ...['override', 'force', 'breakGlass', 'emergency', 'reason', 'at', 'role'].map(member => ({
    extra: { [member]: true },
  })),
]

const bodyOf = (name: RouteName): object | undefined =>
  ({
    'referral.release': { purpose: 'training-referral' },
    'referral.status': { status: 'accepted' },
    'referral.milestone': { milestone: 'placed', on: '2026-11-21' },
    'referral.void-milestone': { reason: 'entered-in-error' },
    'referral.handover': { recipient: 'OIM' },
    'inbox.pull': { max: 10, waitSeconds: 0 },
    'inbox.ack': { handles: ['bm90aGluZw'] },
    'inbox.return': { handles: ['bm90aGluZw'] },
    'inbox.redrive': {},
    'consent.withdraw': { requestedBy: 'self', method: 'in-person', at: hubNow(hub).toISOString() },
    'consent.confirm-deletion': { at: hubNow(hub).toISOString() },
    'referral.submit': {},
  })[name as string]

const ask = async (
  caller: CallerName,
  name: RouteName,
  { referralId, consentId }: { referralId: string; consentId: string },
  { headers, query, extra }: (typeof pretexts)[number] = {},
) => {
  const { method, path }: RouteSpec = routes[name]
  const body = bodyOf(name)
  return raw(hub, caller, {
    method,
    path: path
      .replace('{referralId}', referralId)
      .replace('{consentId}', consentId)
      .replace('{n}', '1'),
    ...(query ? { query } : {}),
    ...(body ? { body: JSON.stringify({ ...body, ...extra }) } : {}),
    headers: { 'idempotency-key': idempotencyKey(), 'if-match': '"3"', ...headers },
  })
}

const opens = /givenNames|birthDate|nationalities|interestDeclared|"externalId"/

test('every caller on every route about a withdrawn referral: nothing of the person comes out', async () => {
  for (const [name, { path }] of signedRoutes.filter(([, each]) => each.path.includes('{')))
    await Promise.all(
      callers.map(async caller => {
        const { json, text } = await ask(caller, name, pulledOne)
        expect([path, caller, opens.test(text)]).toEqual([path, caller, false])
        if (name === 'referral.release')
          expect(['forbidden', 'content-shredded']).toContain(json.code)
      }),
    )
  // The same question about the one that nobody withdrew is answered: it is the withdrawal that refuses.
  expect(opens.test((await ask('ala-system', 'referral.release', control)).text)).toBe(true)
})

test.each(pretexts)('a release of a withdrawn referral with %o is refused', async pretext => {
  for (const referral of [pulledOne, waitingOne]) {
    const { status, text } = await ask('ala-system', 'referral.release', referral, pretext)
    expect(opens.test(text)).toBe(false)
    // A member or a parameter that the contract does not know is refused as such, before anything is looked at.
    expect(pretext.extra ? [422] : [410, 422]).toContain(status)
  }
})
