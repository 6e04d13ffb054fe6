// An opening that shows nothing is never spent unawares: a person is asked, a script is told before, and where a
// terminal takes part but nobody can be asked it is refused before the hub is spoken to.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Declined } from '../../bin/confirm.ts'
import { hubProgram } from '../../bin/program.ts'
import { UsageError } from '../../bin/usage.ts'
import { around, hub } from './cli.ts'
import { standIn, type Seen } from './stand-in.ts'

const id = '019a0000-0000-7000-8000-000000000000'
const referral = { folio: 'REF-0000-0000-0', referralId: id }

let folder: string
let seen: Seen[]
let close: () => void
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-open-'))
  const body = { referral, payload: { identity: { givenNames: 'Dariela' } }, withheld: [] }
  const started = await standIn(folder, () => ({ status: 200, body }))
  seen = started.seen
  close = started.close
})
afterEach(async () => {
  close()
  await rm(folder, { recursive: true, force: true })
})

const words = (...more: string[]) => [
  'open',
  id,
  '--purpose',
  'training-referral',
  ...more,
  '--hub',
  folder,
  '--as',
  'igm-system',
]
const openings = () => seen.filter(({ path }) => path.endsWith('/release')).length
const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })

/** The command in this process; which of its streams are a terminal, and what is typed there. */
async function opened(
  terminals: { input: boolean; out: boolean; error: boolean },
  answer: string,
  ...more: string[]
) {
  const { input, out, error } = {
    input: stream(terminals.input),
    out: stream(terminals.out),
    error: stream(terminals.error),
  }
  input.write(`${answer}\n`)
  const { program } = hubProgram(
    { input, out, error },
    ['node', 'hub', ...words(...more)],
    around(),
  )
  const ended = await program
    .parseAsync(words(...more), { from: 'user' })
    .catch((reason: unknown) => reason)
  out.end()
  error.end()
  return { ended, out: await text(out), told: await text(error) }
}
const atTerminal = { input: true, out: true, error: true }

describe('hub open without --reveal', () => {
  test.each(['n', ''])(
    'asks whoever is at the terminal, and opens nothing for %j',
    async answer => {
      for (const more of [[], ['--json']]) {
        const { ended, told } = await opened(atTerminal, answer, ...more)
        expect(ended).toBeInstanceOf(Declined)
        expect(told).toContain(
          'no se muestra el contenido, y la apertura queda igual en la bitácora',
        )
      }
      expect(openings()).toBe(0)
    },
  )

  test('opens for a yes, and still shows nothing', async () => {
    const { ended, out } = await opened(atTerminal, 's')
    expect(ended).not.toBeInstanceOf(Error)
    expect(openings()).toBe(1)
    expect(out).not.toContain('Dariela')
  })

  test.each([
    ['error', { input: true, out: true, error: false }],
    ['input', { input: false, out: true, error: true }],
  ])('is refused where standard %s is redirected: nobody could be asked', async (_, terminals) => {
    const { ended } = await opened(terminals, 's')
    expect(ended).toBeInstanceOf(UsageError)
    expect((ended as UsageError).key).toBe('usage.open-unseen')
    expect(openings()).toBe(0)
  })

  test('tells a script before it opens', async () => {
    const ran = await hub(words('--lang', 'en'))
    expect(ran.code).toBe(0)
    const [before, after] = [
      ran.err.indexOf('Without --reveal the content is not shown'),
      ran.err.indexOf('Content hidden'),
    ]
    expect(before).toBeGreaterThanOrEqual(0)
    expect(after).toBeGreaterThan(before)
    expect(openings()).toBe(1)
  })
})

test('with --reveal, or with --unseen, nobody is asked', async () => {
  const shown = await opened(atTerminal, 'n', '--reveal')
  expect(shown.out).toContain('Dariela')
  const unseen = await opened(atTerminal, 'n', '--unseen')
  expect(unseen.out).not.toContain('Dariela')
  for (const { ended, told } of [shown, unseen]) {
    expect(ended).not.toBeInstanceOf(Error)
    expect(told).not.toContain('[s/N]')
  }
  expect(openings()).toBe(2)
})
