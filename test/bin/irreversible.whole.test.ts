// What cannot be undone is asked first. Where nobody can be asked it needs --yes; else exit 2, and the hub is not even
// spoken to.
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Declined } from '../../bin/confirm.ts'
import { everyCommand, hubProgram } from '../../bin/program.ts'
import { UsageError } from '../../bin/usage.ts'
import { bundled } from './bundled.ts'
import { around, hub } from './cli.ts'
import { standIn, type Seen } from './stand-in.ts'

const id = '019a0000-0000-7000-8000-000000000000'
const at = '2026-11-21T12:00:00.000Z'
const keyid = 'k'.repeat(43)

/** Every command there is, and whether it asks. A new one is written down here by whoever has thought about it. */
const commands: Record<string, 'asks' | 'acts'> = {
  'hub ack': 'acts',
  'hub admin enrol': 'acts',
  'hub agreement agree': 'asks',
  'hub agreement notice': 'asks',
  'hub agreement show': 'acts',
  'hub agreement versions': 'acts',
  'hub certificate': 'acts',
  'hub clock': 'acts',
  'hub confirm-deletion': 'asks',
  'hub consent': 'acts',
  'hub console verify': 'acts',
  'hub fsck': 'acts',
  'hub handover': 'acts',
  'hub keys confirm': 'asks',
  'hub keys list': 'acts',
  'hub keys new': 'acts',
  'hub keys propose': 'acts',
  'hub keys revoke': 'asks',
  'hub list': 'acts',
  'hub log': 'acts',
  'hub log check-proof': 'acts',
  'hub log cosign': 'acts',
  'hub log export': 'acts',
  'hub log key': 'acts',
  'hub log prove': 'acts',
  'hub log report': 'acts',
  'hub log verify': 'acts',
  'hub me': 'acts',
  'hub milestone': 'acts',
  'hub open': 'acts',
  'hub progress': 'acts',
  'hub pull': 'acts',
  'hub refer': 'acts',
  'hub release': 'acts',
  'hub return': 'acts',
  'hub inbox redrive': 'acts',
  'hub show': 'acts',
  'hub sign-check': 'acts',
  'hub status': 'acts',
  'hub template columns': 'acts',
  'hub template csv': 'acts',
  'hub withdraw': 'asks',
}

/** Each that asks: its arguments, and what it names before it asks. */
const asking = [
  ['withdraw', [id, '--requested-by', 'self', '--method', 'in-person'], /REF-0000-0000-0/],
  ['confirm-deletion', [id], /REF-0000-0000-0/],
  ['keys confirm', ['IGM', '--keyid', keyid, '--roles', 'liaison', '--until', at], /k{43} de IGM/],
  [
    'keys revoke',
    ['IGM', '--keyid', keyid, '--reason', 'superseded'],
    /k{43} de IGM \(quien refiere\).*única llave vigente.*ya no puede enviar referencias/,
  ],
  ['agreement agree', ['AV-2026-0001'], /levantamiento sobre «Convenio».*de IGM/],
  ['agreement notice', ['breach'], /incumplimiento sobre «Convenio».*de IGM/],
] as const

let folder: string
let seen: Seen[]
let close: () => void
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-asks-'))
  const started = await standIn(folder, ({ path }) => ({ status: 200, body: bodyOf(path) }))
  seen = started.seen
  close = started.close
})
afterEach(async () => {
  close()
  await rm(folder, { recursive: true, force: true })
})

const bodyOf = (path: string) =>
  path.endsWith('/agreements')
    ? { items: [anAgreement] }
    : path.endsWith('/notices')
      ? aNotice
      : path === '/v1/me'
        ? { institution: 'IGM', roles: ['signatory'] }
        : otherBodyOf(path)
const aNotice = {
  number: 'AV-2026-0001',
  by: 'ALA',
  kind: 'lift',
  state: 'awaiting',
  states: { kind: 'lift' },
}
const anAgreement = {
  agreementId: 'igm-ala-2026',
  version: 1,
  title: 'Convenio',
  parties: ['IGM', 'ALA'],
  notices: [aNotice],
  awaiting: [],
}

const otherBodyOf = (path: string) =>
  path.includes('/referrals/')
    ? { folio: 'REF-0000-0000-0', referralId: id }
    : path.endsWith('/keys')
      ? { items: [aKey] }
      : path.includes('/consents/')
        ? {
            consentId: id,
            referralId: id,
            agreementId: 'igm-ala-2026',
            state: 'granted',
            deletion: 'requested',
            purposes: [],
            validUntil: at,
            events: [],
          }
        : aKey
const aKey = { keyid, institution: 'IGM', roles: ['referrer'], validFrom: at, validUntil: at }
const line = (name: string, args: readonly string[]) => [
  ...name.split(' '),
  ...args,
  '--hub',
  folder,
  '--as',
  'igm-system',
]
const changes = () => seen.filter(({ method }) => method !== 'GET')

const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })

/** The command in this process, with a person at a terminal who types; a stream that is none has no `isTTY`. */
async function typed(
  args: readonly string[],
  answer: string | undefined,
  terminals = { input: true, error: true },
) {
  const [input, out, error] = [stream(terminals.input), stream(false), stream(terminals.error)]
  if (answer === undefined) input.end()
  else input.write(`${answer}\n`)
  const { program } = hubProgram({ input, out, error }, ['node', 'hub', ...args], around())
  const ended = await program
    .parseAsync([...args], { from: 'user' })
    .catch((reason: unknown) => reason)
  error.end()
  return { ended, told: await text(error) }
}

test('every command is known here, with whether it asks', () => {
  const streams = { input: new PassThrough(), out: new PassThrough(), error: new PassThrough() }
  const { program } = hubProgram(streams, [], around())
  const full = (command: typeof program): string =>
    `${command.parent ? `${full(command.parent)} ` : ''}${command.name()}`
  const found = everyCommand(program)
    // A group, which has commands and does nothing itself, is none.
    .filter(command => command.commands.length === 0 || command.name() === 'log')
    .map(command => [
      full(command),
      command.options.some(({ long }) => long === '--yes') ? 'asks' : 'acts',
    ])
  expect(Object.fromEntries(found)).toEqual(commands)
  const named = asking.map(([name]) => `hub ${name}`).toSorted()
  expect(Object.keys(commands).filter(name => commands[name] === 'asks')).toEqual(named)
})

describe.each(asking)('hub %s', (name, args, names) => {
  test.each([
    ['a closed input', '', []],
    ['a piped yes', 's\nyes\n', []],
    ['--json', 'yes\n', ['--json']],
  ])('with %s and no --yes is exit 2, and nothing is sent', async (_, input, more) => {
    const ran = await hub(line(name, [...args, ...more]), { input })
    expect(ran.err).toContain('agregue --yes')
    expect(ran.err).toContain('No se hizo nada')
    expect(seen).toEqual([])
    expect(ran.code).toBe(2)
  })

  test.each([
    ['standard error redirected', { input: true, error: false }],
    ['standard input redirected', { input: false, error: true }],
  ])('with %s asks nobody and sends nothing', async (_, terminals) => {
    const { ended } = await typed(line(name, args), 's', terminals)
    expect(ended).toBeInstanceOf(UsageError)
    expect((ended as UsageError).key).toBe('usage.needs-yes')
    expect(seen).toEqual([])
  })

  test.each(['n', '', undefined])('changes nothing when the answer is %j', async answer => {
    for (const more of [[], ['--json']]) {
      const { ended, told } = await typed(line(name, [...args, ...more]), answer)
      expect(ended).toBeInstanceOf(Declined)
      expect(told).toMatch(names)
      expect(told).toMatch(/no (hay|tiene) vuelta atrás/)
      expect(changes()).toEqual([])
    }
  })

  test('acts once the answer is yes, and with --yes without a question', async () => {
    const answered = await typed(line(name, args), 's')
    expect(answered.ended).not.toBeInstanceOf(Error)
    expect(answered.told).toMatch(names)
    expect(changes()).toHaveLength(1)
    const ran = await hub(line(name, [...args, '--yes']))
    expect(ran, ran.err).toMatchObject({ code: 0 })
    expect(ran.err).not.toContain('[s/N]')
    expect(changes()).toHaveLength(2)
  })
})

/** util-linux has it; where it is missing the streams above say the same. */
const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)('on a real terminal', () => {
  const [name, args] = asking[0]
  const onTerminal = async (answer: string, redirect = '') => {
    const words = [process.execPath, await bundled('hub'), ...line(name, args)].map(
      word => `'${word}'`,
    )
    const child = execFile('script', ['-qec', `${words.join(' ')} ${redirect}`, '/dev/null'])
    // A key that is pressed before anybody asks is not an answer.
    let shown = ''
    child.stdout?.on('data', (piece: string) => {
      const before = shown.includes('[s/N]')
      shown += piece
      if (!before && shown.includes('[s/N]')) child.stdin?.write(`${answer}\n`)
    })
    const [code] = await once(child, 'exit')
    return code as number
  }

  test('no is 1, Ctrl-C is 130, yes is 0, and a redirected standard error or input is 2', async () => {
    const codes = await Promise.all([
      onTerminal('n'),
      onTerminal('\u0003'),
      onTerminal('s', '2>/dev/null'),
      onTerminal('s', '</dev/null'),
      onTerminal('s', '0<&-'),
    ])
    expect(codes).toEqual([1, 130, 2, 2, 2])
    expect(changes()).toEqual([])
    expect(await onTerminal('s')).toBe(0)
    expect(changes()).toHaveLength(1)
  })
})
