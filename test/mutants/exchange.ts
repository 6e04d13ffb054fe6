// What leaves and for whom: the gate of consents, pull and release, handles, the end of a consent.
import type { Mutant } from './mutant.ts'

const gate = ['test/journeys/release.gate.whole.test.ts']
const parties = ['test/journeys/release.parties.whole.test.ts']
const looking = ['test/journeys/looking.test.ts']
const handles = ['test/journeys/handles.whole.test.ts']
const drill = ['test/journeys/shred-drill.whole.test.ts']
const consent = ['test/events/consent.test.ts', 'test/events/consent.release.test.ts']
const disclose = 'functions/effects/disclose.ts'
const pull = 'functions/inbox/judge-message.ts'
const rules = 'events/consent.ts'
const judged =
  '  const still = permitted({ referral: row, agreement, gate }, consent, categories, now())'
const theRecipient = `  if (referral?.recipient !== caller.institution) throw new Refused('forbidden')`

export const mutants: readonly Mutant[] = [
  {
    name: 'what leaves is not judged again after the key is opened',
    file: disclose,
    find: 'return (await holdsStill(release, { again, agreements }, deps))',
    replace: 'return true',
    tests: gate,
  },
  {
    name: 'what leaves is judged before the key is opened, and not after',
    file: disclose,
    find: '  const unwrapping = ',
    replace: '  const again = await readAgain(releases, deps)\n  const unwrapping = ',
    also: [
      {
        find: 'const [again] = await Promise.all([readAgain(releases, deps), keep()])',
        replace: 'await keep()',
      },
    ],
    tests: gate,
  },
  {
    name: 'what leaves is judged by the referral as it was read before',
    file: disclose,
    find: judged,
    replace: judged.replace('referral: row', 'referral'),
    tests: gate,
  },
  {
    name: 'the consent is not judged again after the key is opened',
    file: disclose,
    find: judged,
    replace:
      "  const still = isOpenable(row.status) && row.contentState !== 'shredded' ? categories : []",
    tests: gate,
  },
  {
    name: 'a release is recorded whatever became of the row',
    file: 'functions/aws/referrals.ts',
    find: "ConditionExpression: '#revision = :revision'",
    replace: "ConditionExpression: '#revision >= :revision'",
    tests: gate,
  },
  {
    name: 'a referral that was taken back is opened',
    file: 'events/referral.ts',
    find: "  status !== 'cancelled' && status !== 'entered-in-error'",
    replace: "  status !== 'entered-in-error'",
    tests: gate,
  },
  {
    name: 'a submission is taken in behind a breach',
    file: 'functions/referral/post.ts',
    find: '      deps.agreements.whileOpen(agreementId),\n',
    replace: '',
    tests: ['test/journeys/agreement.gate.whole.test.ts'],
  },
  {
    name: 'the release door asks for the role alone',
    file: 'functions/referral/release.ts',
    find: theRecipient,
    replace: "  if (!referral) throw new Refused('forbidden')",
    tests: parties,
  },
  {
    name: 'the release door lets the referrer in',
    file: 'functions/referral/release.ts',
    find: theRecipient,
    replace:
      "  if (!referral || ![referral.referrer, referral.recipient].includes(caller.institution)) throw new Refused('forbidden')",
    tests: parties,
  },
  {
    name: 'a pull opens for a key that is no recipient’s',
    file: pull,
    find: "  body.content === 'open' && caller.role === 'recipient'",
    replace: "  body.content === 'open'",
    tests: parties,
  },
  {
    name: 'looking opens',
    file: pull,
    find: "  body.content === 'open' && caller.role === 'recipient'",
    replace: "  caller.role === 'recipient'",
    tests: looking,
  },
  {
    name: 'a consent for one purpose is one for all',
    file: rules,
    find: '    .filter(line => line.purpose === purpose && line.recipient === recipient)',
    replace: '    .filter(line => line.recipient === recipient)',
    tests: consent,
  },
  {
    name: 'a consent for one recipient is one for all',
    file: rules,
    find: '    .filter(line => line.purpose === purpose && line.recipient === recipient)',
    replace: '    .filter(line => line.purpose === purpose)',
    tests: consent,
  },
  {
    name: 'a consent has no end',
    file: rules,
    find: ' && now <= consent.terms.validUntil',
    replace: '',
    tests: consent,
  },
  {
    name: 'a withdrawn consent permits',
    file: rules,
    find: "  consent.state === 'granted' && consent.permitsFrom <= now",
    replace: '  consent.permitsFrom <= now',
    tests: consent,
  },
  {
    name: 'a pull opens without the purpose of the training',
    file: rules,
    find: "if (permitted.length === 0 || purpose !== 'training-referral') return permitted",
    replace: "if (purpose !== 'training-referral') return permitted",
    tests: consent,
  },
  {
    name: 'a handle needs no MAC',
    file: 'functions/http/handle.ts',
    find: 'mac.length !== macLength || !timingSafeEqual(mac, macOf(text, holder))',
    replace: 'mac.length !== macLength',
    tests: handles,
  },
  {
    name: 'a handle is anybody’s',
    file: 'functions/http/handle.ts',
    find: 'JSON.stringify([institution, text])',
    replace: 'JSON.stringify([institution.length, text])',
    tests: handles,
  },
  {
    name: 'a destruction leaves the key',
    file: 'functions/effects/shred.ts',
    find: '  ...(content.wrapped ? [deps.referralKeys.destroy(content.of, content.wrapped)] : []),\n',
    replace: '',
    tests: drill,
  },
  {
    name: 'a destruction leaves the ciphertext',
    file: 'functions/effects/shred.ts',
    find: '  deps.envelopes.destroy(content.of),\n',
    replace: '',
    tests: drill,
  },
  {
    name: 'a destruction leaves the ciphertext that 0.1.0 wrote',
    file: 'functions/effects/shred.ts',
    find: '      ...(referral.envelope && { envelope: undefined }),\n',
    replace: '',
    tests: ['test/journeys/written-by-0.1.0.whole.test.ts'],
  },
  {
    name: 'anybody withdraws a consent',
    file: 'functions/effects/party-consent.ts',
    find: '  if (!ledger || !first || !(isSide(first, institution) || onward))',
    replace: '  if (!ledger || !first)',
    tests: ['test/journeys/refused.whole.test.ts'],
  },
  {
    name: 'whose lease it is is told to the sender',
    file: 'events/referral-header.ts',
    find: '  viewer === facts.recipient &&\n  facts.leaseUntil',
    replace: '  facts.leaseUntil',
    tests: ['test/events/referral-header.test.ts'],
  },
]
