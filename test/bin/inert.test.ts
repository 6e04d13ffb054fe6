// Whatever is printed is inert: nothing that the hub, a file or a caller wrote can move the cursor, hide or turn text
// around.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stageOn } from '../../bin/demo/stage.ts'
import { inert } from '../../texts/inert.ts'
import { hubProgram } from '../../bin/program.ts'
import { terminalOn, type Terminal } from '../../bin/terminal.ts'
import { filled } from '../../texts/filled.ts'
import { around } from './cli.ts'
import { standIn } from './stand-in.ts'

/**
 * All that a terminal obeys, and all that Unicode has for turning, hiding or breaking text; a line feed ends our own
 * lines.
 */
const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
const named = [
  '\u001b[31m',
  '\u009b31m',
  '\u001b]8;;http://x\u0007',
  '\r',
  '\t',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
]
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...named),
  fc.tuple(fc.string(), fc.constantFrom(...named), fc.string()).map(parts => parts.join('')),
)

/** With its byte order mark, which a decoder would take off. */
const readAll = async (stream: PassThrough) =>
  Buffer.concat((await stream.toArray()) as Buffer[]).toString()

const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })

/** What a terminal of these streams wrote, colours taken off where it may paint. */
async function written(write: (terminal: Terminal) => void, isTTY: boolean): Promise<string> {
  const [input, out, error] = [stream(isTTY), stream(isTTY), stream(isTTY)]
  write(terminalOn({ input, out, error }, { language: 'es', options: () => ({}), ...around() }))
  out.end()
  error.end()
  const all = (await readAll(out)) + (await readAll(error))
  // eslint-disable-next-line no-control-regex
  return all.replace(/\u001b\[[01]m/g, '')
}

test.each(named)('%j is shown and not obeyed', text => {
  expect(inert(text)).not.toMatch(acting)
  expect(JSON.parse(inert(JSON.stringify(text)))).toBe(text)
})

test('whatever is printed is inert, on a terminal and in a pipe', async () => {
  await fc.assert(
    fc.asyncProperty(anything, fc.boolean(), async (text, isTTY) => {
      const out = await written(terminal => {
        terminal.line(text)
        terminal.line(`${terminal.bold(text)} ${text}`)
        terminal.note(text)
        terminal.note(terminal.say('refused', { code: text, title: text }))
        terminal.record({ [text]: [text] })
        terminal.pretty({ [text]: [text] })
        terminal.table([text, 'b'], [[text, text]])
        terminal.facts([[text, text]])
        if (isTTY) terminal.document(text)
      }, isTTY)
      expect(out).not.toMatch(acting)
    }),
    { numRuns: 300 },
  )
})

test('what is said, put into a cell or beside a title begins no line of its own', () => {
  fc.assert(
    fc.property(anything, text => {
      expect(filled('{a}', { a: `${text}\n` })).not.toContain('\n')
    }),
  )
})

test('JSON keeps its values', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), anything, async (value, text) => {
      const out = await written(terminal => terminal.record({ value, text }), false)
      expect(out.split('\n')).toHaveLength(2)
      expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify({ value, text })))
    }),
  )
})

test('nothing that is shown can ask for bold', async () => {
  const out = await written(terminal => {
    const marked = terminal.bold('folio')
    expect(marked).not.toBe('folio')
    terminal.line('<00000000-0000-0000-0000-000000000000>')
  }, true)
  expect(out).toBe('<00000000-0000-0000-0000-000000000000>\n')
})

test('a document goes into a file as it is, byte order mark and all', async () => {
  const csv = '\ufeffa,b\r\n1,2\r\n'
  expect(await written(({ document }) => document(csv), false)).toBe(csv)
})

test('nothing writes past the terminal, or it is made inert where it is written', async () => {
  const root = new URL('../../', import.meta.url)
  const names = ['bin', 'texts', 'verify'].map(async folder =>
    (await readdir(new URL(folder, root), { recursive: true })).map(name => `${folder}/${name}`),
  )
  const writing: string[] = []
  for (const name of (await Promise.all(names)).flat()) {
    if (!name.endsWith('.ts')) continue
    const source = await readFile(new URL(name, root), 'utf8')
    for (const [write = ''] of source.matchAll(/(process\.(stdout|stderr)\.write|console\.).*/g)) {
      writing.push(name)
      // What the stage writes is inert already: the next test.
      if (write !== 'process.stdout.write(text),')
        expect(write, name).toMatch(/^process\.std(out|err)\.write\((`\$\{)?inert\(/)
    }
  }
  expect(new Set(writing)).toEqual(
    new Set(['bin/conformance.ts', 'bin/demo.ts', 'verify/verify-log.ts']),
  )
})

test('what the demo tells is inert, painted or not', async () => {
  await fc.assert(
    fc.asyncProperty(anything, fc.boolean(), async (text, paint) => {
      let out = ''
      const stage = stageOn(piece => void (out += piece), 'es', paint)
      stage.tell('end.bad', { failures: text })
      stage.check(true, 'refuse.changed', { code: text })
      await stage.run(`show ${text}`, { says: /x/ }, 'refuse.again')
      // eslint-disable-next-line no-control-regex
      expect(out.replaceAll(/\u001b\[(0|1|31|32|36)m/g, '')).not.toMatch(acting)
    }),
  )
})

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
  submittedAt: at,
  respondBy: at,
  status: 'requested',
  deliveryState: 'queued',
  contentState: 'sealed',
  version: 1,
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
  [/\/referrals\?/, { items: [header] }],
  [/\/referrals\//, header],
]

test.each([
  ['list'],
  ['show', id],
  ['status', id, 'accepted'],
  ['milestone', id, 'enrolled', '--on', '2026-11-21'],
  ['pull'],
  ['ack', 'h'],
  ['open', id, '--purpose', 'training-referral', '--unseen'],
  ['consent', id],
  ['withdraw', id, '--requested-by', 'self', '--method', 'in-person', '--yes'],
  ['confirm-deletion', id, '--yes'],
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
