// What a door is given: the parts of the adapters that its needs name, and no others. A need is a capability of the
// permission table (infra/functions.ts); test/infra/needs.test.ts holds each door's needs against its line.
import { waitRate } from '../../events/rate.ts'
import { logOrigin } from '../../schemas/hub-name.ts'
import { logCounts } from './access-log/counts.ts'
import { cosignatures } from './access-log/cosignatures.ts'
import { logCover } from './access-log/cover.ts'
import { logIndex } from './access-log/index-rows.ts'
import { accessLog } from './access-log/pending.ts'
import { logQuery } from './access-log/query.ts'
import { logReader } from './access-log/reader.ts'
import { logSequence } from './access-log/sequence.ts'
import { servedConsole } from './access-log/served-console.ts'
import { agreementNews } from './agreement-news.ts'
import { agreementEnds, agreementGates } from './agreement-rows.ts'
import { agreements } from './agreements.ts'
import { consents } from './consents.ts'
import { directory } from './directory.ts'
import { dynamodbClient, transact } from './dynamodb.ts'
import { envelopes } from './envelopes.ts'
import { readAhead } from './known-rows.ts'
import { inboxProbe, keyProbe, tableProbe } from './health.ts'
import { inbox, sqsClient } from './inbox.ts'
import { envelopeOpener, envelopeSealer, guardMac, kmsClient } from './kms.ts'
import { outbox } from './outbox.ts'
import { progress } from './progress.ts'
import { keyRate } from './rate.ts'
import { referralKeys } from './referral-keys.ts'
import { referralList } from './referral-list.ts'
import { referrals } from './referrals.ts'
import { redrives } from './redrives.ts'
import { rulesWalk } from './rules-walk.ts'
import { requests } from './requests.ts'
import { env, envCount, hubName } from './runtime.ts'

/** Made when it is first needed, and once in a function: what an adapter remembers, all its users share. */
const once = <T>(make: () => T): (() => T) => {
  let made: { one: T } | undefined
  return () => (made ??= { one: make() }).one
}

// A bundle has what its door uses of this file, and of the tables below the rows that its line allows
// (infra/bundle.ts).
const dynamodb = /* @__PURE__ */ once(dynamodbClient)
const kms = /* @__PURE__ */ once(kmsClient)
const sqs = /* @__PURE__ */ once(() => sqsClient(env('INBOX_URL_PREFIX')))
const inTable = (table: string) => ({ dynamodb: dynamodb(), table })
const inLog = () => inTable(env('TABLE_ACCESS_LOG'))
const withKey = (keyId: string) => ({ kms: kms(), keyId })
const toInboxes = () => ({ sqs: sqs(), urlPrefix: env('INBOX_URL_PREFIX') })

const theLog = /* @__PURE__ */ once(() => accessLog(inLog()))
const whole = {
  accessLog: theLog,
  agreements: once(() => agreements(inTable(env('TABLE_DIRECTORY')))),
  consents: once(() => consents(inTable(env('TABLE_CONSENT_LEDGER')))),
  cosignatures: once(() => cosignatures(inLog())),
  directory: once(() => directory(inTable(env('TABLE_DIRECTORY')))),
  envelopes: once(() => envelopes(inTable(env('TABLE_REFERRALS')))),
  inbox: once(() => inbox(toInboxes())),
  log: once(() => logQuery(inLog())),
  outbox: once(() => outbox(inTable(env('TABLE_OUTBOX')))),
  progress: once(() => progress(inTable(env('TABLE_PROGRESS')))),
  reader: once(() => logReader(inLog())),
  referralKeys: once(() => referralKeys(inTable(env('TABLE_REFERRAL_KEYS')))),
  referrals: once(() => referrals(inTable(env('TABLE_REFERRALS')))),
  requests: once(() => requests(inTable(env('TABLE_REQUESTS')))),
  // What it signs, the door's answers tell of.
  sequence: once(() =>
    logSequence({
      ...inLog(),
      ...withKey(env('KEY_LOG')),
      origin: logOrigin(hubName()),
      saw: theLog().saw,
    }),
  ),
}
const parts = <T extends object, K extends keyof T>(of: T, ...names: K[]): Pick<T, K> =>
  Object.fromEntries(names.map(name => [name, of[name]])) as Pick<T, K>

// oxfmt-ignore
const giving = {
  'directory:read': () => ({ directory: parts(whole.directory(), 'keyAt', 'agreementAt', 'institutionAt', 'readKey', 'readKeys', 'lastSeen', 'saw', 'forget', 'findKey', 'findAgreement', 'findAgreements', 'under', 'agreementsOf', 'institutions', 'keyidsOf', 'keyidsLike') }),
  'directory:list': () => ({ directory: parts(whole.directory(), 'codes') }),
  'directory:change': () => ({ directory: parts(whole.directory(), 'addKey', 'changeKey', 'unrevoked') }),
  'agreements:read': () => ({ agreements: parts(whole.agreements(), 'read') }),
  'agreements:notice': () => ({ agreements: parts(whole.agreements(), 'add'), directory: parts(whole.directory(), 'codes') }),
  'agreements:ended': () => ({ ends: agreementEnds(inTable(env('TABLE_DIRECTORY'))) }),
  'agreements:hold': () => ({ agreements: agreementGates({ table: env('TABLE_DIRECTORY') }) }),
  'requests:spend': () => ({
    authority: env('AUTHORITY'),
    readAhead: readAhead(dynamodb()),
    requests: parts(whole.requests(), 'spendNonce', 'nonceAt', 'isSpent', 'countRefusal'),
    rate: keyRate({ ...inTable(env('TABLE_REQUESTS')), rate: { perSecond: envCount('RATE_PER_SECOND'), burst: envCount('RATE_BURST') } }),
  }),
  'requests:answer': () => ({ requests: parts(whole.requests(), 'answerAt', 'findAnswer', 'storeAnswer') }),
  'requests:wait': () => ({ waits: keyRate({ ...inTable(env('TABLE_REQUESTS')), rate: waitRate, bucket: 'waits' }) }),
  'requests:probe': () => ({ probes: { table: tableProbe(inTable(env('TABLE_REQUESTS'))) } }),
  'referrals:add': () => ({ referrals: parts(whole.referrals(), 'add', 'guard') }),
  'referrals:guard': () => ({ referrals: parts(whole.referrals(), 'guard') }),
  'referrals:read': () => ({ referrals: parts(whole.referrals(), 'at', 'find', 'findAll', 'findReadable') }),
  'referrals:by-folio': () => ({ referrals: parts(whole.referrals(), 'findByFolio') }),
  'referrals:due': () => ({ referrals: parts(whole.referrals(), 'due') }),
  'referrals:walk': () => ({
    rulesWalk: parts(rulesWalk(inTable(env('TABLE_REFERRALS'))), 'read', 'write', 'endingsTold'),
    agreementNews: agreementNews(inTable(env('TABLE_REFERRALS'))),
    directory: parts(whole.directory(), 'codes'),
  }),
  'referrals:walk-anew': () => ({ rulesWalk: parts(rulesWalk(inTable(env('TABLE_REFERRALS'))), 'restart') }),
  'referrals:list': () => ({ list: referralList(inTable(env('TABLE_REFERRALS'))) }),
  'referrals:change': () => ({ referrals: parts(whole.referrals(), 'at', 'find', 'findAll', 'change') }),
  'referrals:release-guards': () => ({ referrals: parts(whole.referrals(), 'releaseGuard') }),
  'progress:count': () => ({ progress: parts(whole.progress(), 'counted') }),
  'progress:count-and-forget': () => ({ progress: parts(whole.progress(), 'counted') }),
  'progress:report': () => ({ progress: parts(whole.progress(), 'read', 'publish') }),
  'consents:append': () => ({ consents: parts(whole.consents(), 'append') }),
  'consents:read': () => ({ consents: parts(whole.consents(), 'at', 'read') }),
  'consents:hold': () => ({ consents: parts(whole.consents(), 'stillAt') }),
  'referral-keys:add': () => ({ referralKeys: parts(whole.referralKeys(), 'add') }),
  'referral-keys:destroy': () => ({ referralKeys: parts(whole.referralKeys(), 'at', 'find', 'destroy') }),
  'referral-keys:read': () => ({ referralKeys: parts(whole.referralKeys(), 'at', 'find', 'findWithNumber') }),
  // The way to an effect, for `commit` alone (test/borders/effects.test.ts).
  'access-log:append': () => ({ transact: transact(dynamodb()), accessLog: parts(whole.accessLog(), 'append') }),
  'access-log:tell-console': () => ({ console: servedConsole(inLog()) }),
  'access-log:tell-size': () => ({ accessLog: parts(whole.accessLog(), 'sizeAt', 'sawHead', 'signedSize') }),
  'access-log:prove': () => ({ reader: parts(whole.reader(), 'proof', 'rootAt', 'consistency') }),
  'access-log:cosign': () => ({ cosignatures: parts(whole.cosignatures(), 'last', 'add') }),
  // An index names places, and entries are read from there: both are needed.
  'access-log:about': () => ({ log: parts(whole.log(), 'query') }),
  'access-log:of-referral': () => ({ log: parts(whole.log(), 'ofReferral') }),
  'access-log:entries': () => ({ log: parts(whole.log(), 'wholeOf') }),
  'access-log:pick': () => ({ log: parts(whole.log(), 'query') }),
  'access-log:read': () => ({ reader: whole.reader(), cosignatures: parts(whole.cosignatures(), 'list', 'with') }),
  'access-log:sequence': () => ({
    sequence: parts(whole.sequence(), 'run', 'tryRun'),
    reader: parts(whole.reader(), 'checkpoint'),
  }),
  'access-log:cover': () => ({ cover: logCover({ ...inLog(), sequence: whole.sequence() }) }),
  'access-log:index': () => ({ index: logIndex(inLog()) }),
  'access-log:count': () => ({ counts: parts(logCounts(inLog()), 'run') }),
  'access-log:counted': () => ({ counts: parts(logCounts(inLog()), 'summary') }),
  'outbox:send': () => ({ outbox: parts(whole.outbox(), 'add') }),
  'outbox:settle': () => ({ outbox: parts(whole.outbox(), 'settle') }),
  'outbox:order': () => ({ outbox: parts(whole.outbox(), 'sendsOf', 'sent') }),
  'outbox:due': () => ({ outbox: parts(whole.outbox(), 'due') }),
  'outbox:sweep': () => ({ outbox: parts(whole.outbox(), 'read', 'from', 'leftBy010', 'owedOf', 'sent'), redrives: parts(redrives(inTable(env('TABLE_OUTBOX'))), 'end') }),
  'outbox:redrive': () => ({ outbox: parts(whole.outbox(), 'read', 'owedOf', 'sent'), redrives: redrives(inTable(env('TABLE_OUTBOX'))) }),
  'envelopes:add': () => ({ envelopes: parts(whole.envelopes(), 'add') }),
  'envelopes:read': () => ({ envelopes: parts(whole.envelopes(), 'at', 'find') }),
  'envelopes:send': () => ({ envelopes: parts(whole.envelopes(), 'findAll') }),
  'envelopes:destroy': () => ({ envelopes: parts(whole.envelopes(), 'destroy') }),
  'envelope:seal': () => ({ sealer: envelopeSealer(withKey(env('KEY_ENVELOPE'))) }),
  'envelope:open': () => ({ opener: envelopeOpener(withKey(env('KEY_ENVELOPE'))) }),
  'envelope:describe': () => ({ probes: { key: keyProbe(withKey(env('KEY_ENVELOPE'))) } }),
  'guard:mac': () => ({ guard: guardMac(withKey(env('KEY_GUARD'))) }),
  // Signing itself is the sequencer's.
  'log:sign': () => ({ logKey: parts(whole.sequence(), 'noteKey', 'verifierKey') }),
  'log:public-key': () => ({ logKey: parts(whole.sequence(), 'noteKey', 'verifierKey') }),
  'inbox:send': () => ({ inbox: parts(whole.inbox(), 'send') }),
  'inbox:receive': () => ({ inbox: parts(whole.inbox(), 'receive') }),
  'inbox:settle': () => ({ inbox: parts(whole.inbox(), 'remove', 'giveBack') }),
  'inbox:count': () => ({ inbox: parts(whole.inbox(), 'count') }),
  'inbox:probe': () => ({ probes: { inbox: inboxProbe({ ...toInboxes(), institution: env('HEALTH_INSTITUTION') }) } }),
}

export type Capability = keyof typeof giving

/** What every signed door needs: callers, their nonces and rate, the log that all it does is written to. */
export const everySignedDoor = [
  'directory:read',
  'requests:spend',
  'access-log:append',
  'access-log:tell-size',
] as const satisfies readonly Capability[]

/** What a door needs beside, whose effect sends messages. */
export const sending = ['outbox:send', 'inbox:send'] as const satisfies readonly Capability[]

type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never
/** What these needs give, together. */
export type Given<N extends readonly Capability[]> = All<ReturnType<(typeof giving)[N[number]]>>
export type SignedDeps = Given<typeof everySignedDoor>

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null

/**
 * The adapters of a door. A setting that the deployment did not give its function is a fault, here and not at the first
 * request.
 */
export const bind = <const N extends readonly Capability[]>(needs: N): Given<N> => {
  const given: Record<string, unknown> = {}
  for (const [name, part] of needs.flatMap(need => Object.entries<unknown>(giving[need]()))) {
    const before = given[name]
    given[name] = isPart(before) && isPart(part) ? { ...before, ...part } : part
  }
  return given as Given<N>
}
