// A hub whose every word is hostile cannot act on the terminal of whoever asks it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hubProgram } from '../../bin/program.ts'
import { acting, named, readAll, stream } from './acting.ts'
import { around } from './cli.ts'
import { justSubmitted, standIn } from './stand-in.ts'

const id = '019a0000-0000-7000-8000-000000000000'
const at = '2026-11-21T12:00:00.000Z'
const hostile = `x${named.join('x')}\nx`
const header = {
  referralId: hostile,
  folio: hostile,
  agreementId: hostile,
  referrer: hostile,
  recipient: hostile,
  priority: 'routine',
  services: ['vocational-profiling'],
  consentId: hostile,
  ...justSubmitted(at),
  history: [{ status: 'requested', at, by: hostile }],
  milestones: [{ n: 1, milestone: 'enrolled', on: hostile, recordedAt: at, voidedAt: at }],
  feedback: 'milestones',
  availableTransitions: ['cancelled'],
  externalId: hostile,
}
const consent = {
  consentId: hostile,
  referralId: hostile,
  agreementId: hostile,
  state: 'withdrawn',
  deletion: 'confirmed',
  purposes: [{ purpose: 'training-referral', recipient: hostile, dataCategories: ['identity'] }],
  validUntil: at,
  events: [{ event: 'granted', at, by: hostile, method: hostile }],
}
const event = { type: 'referral.requested.v1', subject: hostile, time: at, sequence: hostile }
const payload = { identity: { givenNames: [hostile] } }
const entry = {
  index: 1,
  time: at,
  action: 'referral.read',
  outcome: 'denied',
  actor: { institution: hostile, keyid: hostile, role: 'referrer' },
  referralId: hostile,
  code: hostile,
}

/** Answers by path; `refused/…` is a refusal with hostile words. */
const aNotice = {
  number: hostile,
  by: hostile,
  at,
  kind: 'amendment',
  state: 'awaiting',
  digest: hostile,
  states: {
    kind: 'amendment',
    change: { onwardRecipients: [hostile], policy: { expireDays: hostile } },
    documentSha256: hostile,
  },
}
const anAgreement = {
  agreementId: 'igm-ala-2026',
  version: 1,
  title: hostile,
  parties: [hostile],
  state: 'in-force',
  targetPersons: 1,
  policy: { answerHours: { routine: hostile } },
  endsAt: at,
  deadlines: [],
  notices: [{ ...aNotice, number: 'AV-2026-0001' }],
  awaiting: [{ kind: 'amendment', digest: hostile, from: [hostile] }],
  versions: [1, 2].map(version => ({
    version,
    from: at,
    digest: hostile,
    terms: { targetPersons: version, onwardRecipients: [hostile, String(version)] },
  })),
}

const answers: readonly [RegExp, unknown][] = [
  [/\/release$/, { referral: header, payload, withheld: [] }],
  [
    /\/pull$/,
    {
      messages: [{ handle: hostile, receiveCount: 1, event: { ...event, data: header }, payload }],
    },
  ],
  [/\/ack$/, { results: [{ handle: hostile, ok: false, code: hostile }] }],
  [/\/consents\//, consent],
  [/\/access-log\?/, { items: [entry] }],
  [
    /\/keys/,
    { items: [{ keyid: hostile, institution: hostile, roles: [], validFrom: at, validUntil: at }] },
  ],
  [/\/institutions/, { items: [{ institution: hostile, name: hostile }] }],
  [/\/me$/, { institution: 'ALA', keyid: hostile, roles: ['signatory'] }],
  [/\/notices$/, aNotice],
  [/\/agreements$/, { items: [anAgreement] }],
  [/\/referrals\?/, { items: [header] }],
  [/\/referrals\//, header],
]

test.each([
  ['list'],
  ['show', id],
  ['status', id, 'accepted'],
  ['milestone', id, 'enrolled', '--on', '2026-11-21'],
  ['handover', id, '--to', 'OIM'],
  ['pull'],
  ['ack', 'h'],
  ['open', id, '--purpose', 'training-referral', '--unseen'],
  ['consent', id],
  ['withdraw', id, '--requested-by', 'self', '--method', 'in-person', '--yes'],
  ['confirm-deletion', id, '--yes'],
  ['agreement', 'show'],
  ['agreement', 'agree', 'AV-2026-0001', '--yes'],
  ['agreement', 'versions'],
  ['agreement', 'versions', '1', '2'],
  ['log'],
  ['keys', 'list'],
  ['keys', 'list', 'IGM'],
])('a hostile hub cannot act on the terminal of hub %s %s', async (...args) => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-inert-'))
  const { close } = await standIn(folder, ({ path }) => ({
    status: 200,
    body: answers.find(([pattern]) => pattern.test(path))?.[1],
  }))
  try {
    for (const more of [[], ['--json'], ['--reveal'], ['--reveal', '--json']]) {
      const [input, out, error] = [stream(true), stream(true), stream(true)]
      const words = [...args, ...more, '--hub', folder, '--as', 'igm-system']
      await hubProgram({ input, out, error }, words, around()).program.parseAsync(words, {
        from: 'user',
      })
      out.end()
      error.end()
      const all = (await readAll(out)) + (await readAll(error))
      expect(all.replace(/\s/g, '')).toContain('\\u202e')
      // eslint-disable-next-line no-control-regex
      expect(all.replace(/\u001b\[[01]m/g, '')).not.toMatch(acting)
    }
  } finally {
    close()
    await rm(folder, { recursive: true, force: true })
  }
})
