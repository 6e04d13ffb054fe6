// What happens at the hub does not depend on who reads the output, where it goes, or when somebody asks the command to
// stop.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hub, records } from './cli.ts'
import { shell } from './shell.ts'
import { standIn, type Fixed, type Seen } from './stand-in.ts'

let folder: string
let close = () => {}
const twelve = () => join(folder, 'twelve.jsonl')
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-ending-'))
  const lines = Array.from({ length: 12 }, (_, n) => JSON.stringify({ externalId: `PRUEBA-${n}` }))
  await writeFile(twelve(), lines.join('\n'))
})
afterEach(async () => {
  close()
  await rm(folder, { recursive: true, force: true })
})
async function serving(answer: (seen: Seen) => Fixed | Promise<Fixed>) {
  const started = await standIn(folder, answer)
  close = started.close
  return started.seen
}

const id = '019a0000-0000-7000-8000-000000000000'
const at = '2026-11-21T12:00:00.000Z'
const header = {
  referralId: id,
  folio: 'REF-0000-0000-0',
  status: 'requested',
  submittedAt: at,
  respondBy: at,
  history: [],
  milestones: [],
  feedback: 'milestones',
  services: [],
  availableTransitions: [],
}
const accepting = () => serving(() => ({ status: 201, body: header, headers: { etag: '"1"' } }))
const handles = (path: string) => path.endsWith('/ack') || path.endsWith('/return')
const posts = (seen: Seen[]) => seen.filter(({ method }) => method === 'POST').length

describe('output that cannot be written ends with exit 3, and every record is sent all the same', () => {
  test.each([
    ['a reader that goes away', 'hub refer twelve.jsonl --json --hub . | head -1'],
    ['a reader that never came', 'hub refer twelve.jsonl --hub . | true'],
    ['a full disk', 'hub refer twelve.jsonl --json --hub . >/dev/full'],
    ['a full disk for what is told', 'hub refer twelve.jsonl --hub . 2>/dev/full'],
    ['both', 'hub refer twelve.jsonl --hub . >/dev/full 2>&1'],
    ['one reader of both that goes away', 'hub refer twelve.jsonl --hub . 2>&1 | head -1'],
  ])('%s', async (_, script) => {
    const seen = await accepting()
    const { code, err } = await shell(script, folder)
    expect(posts(seen)).toBe(12)
    expect(code).toBe(3)
    if (!script.includes('2>')) {
      expect(err).toContain('enviadas 12 · ya estaban: 0 · no aceptadas 0 · sin enviar 0')
      expect(err).toContain('No se pudo escribir toda la salida')
    }
  })

  test('a refusal whose reasons nobody could read is exit 3, not 1', async () => {
    await serving(() => ({ status: 422, body: { code: 'invalid-request', title: 'x' } }))
    expect((await shell('hub refer twelve.jsonl --json --hub . >/dev/full', folder)).code).toBe(3)
    expect((await shell('hub refer twelve.jsonl --json --hub .', folder)).code).toBe(1)
  })

  test.each([
    ['stdout', 'hub refer twelve.jsonl --hub . >&-'],
    ['stderr', 'hub refer twelve.jsonl --hub . 2>&-'],
    ['both and stdin', 'hub refer twelve.jsonl --hub . <&- >&- 2>&-'],
  ])('%s closed is as good as sent to /dev/null', async (_, script) => {
    const seen = await accepting()
    expect((await shell(script, folder)).code).toBe(0)
    expect(posts(seen)).toBe(12)
  })

  test.each([
    [`status ${id} accepted`],
    [`withdraw ${id} --yes --requested-by self --method in-person`],
    ['ack a b c d e f g h i j k l'],
    ['return a b c d e f g h i j k l'],
  ])('hub %s', async command => {
    const seen = await serving(({ path }) => ({
      status: 200,
      headers: { etag: '"1"' },
      body: handles(path)
        ? { results: Array.from('abcdef', handle => ({ handle, ok: true })) }
        : {
            ...header,
            purposes: [],
            events: [],
            state: 'granted',
            deletion: 'none',
            validUntil: at,
          },
    }))
    const expected = /^(ack|return)/.test(command) ? 2 : 1
    const outputs = ['>/dev/full', '2>/dev/full', '| true']
    const ran = outputs.map(output => shell(`hub ${command} --json --hub . ${output}`, folder))
    expect((await Promise.all(ran)).map(({ code }) => code)).toEqual([3, 3, 3])
    expect(posts(seen)).toBe(3 * expected)
  })

  test('who only looks may stop reading', async () => {
    await serving(() => ({
      status: 200,
      body: { items: Array.from({ length: 200 }, () => header) },
    }))
    expect((await shell('hub list --json --hub . | head -1', folder)).code).toBe(0)
    expect((await shell('hub list --json --hub . >/dev/full', folder)).code).toBe(3)
  })
})

/**
 * The command in a process of its own, which the hub may send a signal, and wait until the command has told that it
 * heard.
 */
const running = () => {
  const heard = Promise.withResolvers<void>()
  const signalled = Promise.withResolvers<(signal: NodeJS.Signals) => void>()
  return {
    signal: async (signal: NodeJS.Signals) => {
      ;(await signalled.promise)(signal)
      await heard.promise
    },
    hub: (args: string[]) =>
      hub([...args, '--hub', folder], {
        started: child => signalled.resolve(signal => void child.kill(signal)),
        watchError: err => {
          if (err.includes('Deteniendo')) heard.resolve()
        },
      }),
  }
}

describe('a signal lets the request under way get its answer, and no further one begins', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s', async (signal, expected) => {
    const command = running()
    const seen: Seen[] = await serving(async () => {
      if (seen.length === 3) await command.signal(signal)
      return { status: 201, body: header }
    })
    const { code, out, err } = await command.hub(['refer', twelve(), '--json'])
    expect(seen).toHaveLength(3)
    // Whatever the hub has was told.
    expect(records(out).filter(({ ok }) => ok === true)).toHaveLength(3)
    expect(err).toContain('enviadas 3 ')
    expect(err).toContain('sin enviar 9')
    expect(err).toContain('sigue donde quedó')
    expect(code).toBe(expected)
  })

  test('between reading and changing, nothing is changed', async () => {
    const command = running()
    const seen = await serving(async () => {
      await command.signal('SIGTERM')
      return { status: 200, body: header, headers: { etag: '"1"' } }
    })
    const { code, out } = await command.hub(['status', id, 'accepted', '--json'])
    expect(seen.map(({ method }) => method)).toEqual(['GET'])
    expect(records(out)[0]).toMatchObject({ ok: false, code: 'stopped' })
    expect(code).toBe(143)
  })

  test('the second one ends it at once, without the answer', async () => {
    const command = running()
    await serving(async () => {
      await command.signal('SIGINT')
      await command.signal('SIGTERM')
      return new Promise<never>(() => {})
    })
    expect((await command.hub(['refer', twelve()])).code).toBe(143)
  })
})

describe('a hub that goes away in the middle', () => {
  test('stops the run, sums up and is exit 3', async () => {
    let count = 0
    const started = await standIn(folder, () => ({ status: ++count > 3 ? 503 : 201, body: header }))
    close = started.close
    const { code, out, err } = await hub(['refer', twelve(), '--json', '--hub', folder])
    expect(err).toContain('enviadas 3 · ya estaban: 0 · no aceptadas 0 · sin enviar 9')
    expect(records(out).slice(-2)).toMatchObject([
      { summary: { read: 12, accepted: 3, refused: 0, unsent: 9 } },
      { ok: false, exit: 3, code: 'unreachable' },
    ])
    expect(code).toBe(3)
  })

  test('a key that is not known any more ends the run: every other record would be refused too', async () => {
    const seen = await serving(() => ({ status: 401, body: { code: 'key-revoked', title: 'x' } }))
    const { code, err } = await hub(['refer', twelve(), '--hub', folder])
    expect(seen).toHaveLength(1)
    expect(err).toContain('sin enviar 12')
    expect(err).toContain('key-revoked')
    expect(code).toBe(1)
  })

  test('a rate is waited for, however often it is met', async () => {
    let count = 0
    const seen = await serving(() =>
      ++count > 5
        ? { status: 201, body: header }
        : {
            status: 429,
            body: { code: 'rate-limited', title: 'x' },
            headers: { 'retry-after': '0' },
          },
    )
    const { code, err } = await hub(['refer', twelve(), '--hub', folder])
    expect(seen).toHaveLength(17)
    expect(err).toContain('se espera 1 s')
    expect(err).toContain('enviadas 12')
    expect(code).toBe(0)
  })
})

describe('with --json a failure is an object too, of one shape', () => {
  test.each([
    ['an unknown option', ['list', '--todo', '--json'], 2, 'usage'],
    ['an unknown command', ['--json', 'referir'], 2, 'usage'],
    ['no command', ['--json'], 2, 'usage'],
    ['a file that is not there', ['refer', 'none', '--json'], 2, 'usage'],
    ['a folder without a hub', ['list', '--json', '--hub', '/nonexistent'], 2, 'usage'],
    ['a hub that is not there', ['show', id, '--json', '--hub', 'FOLDER'], 3, 'unreachable'],
  ])('%s', async (_, args, exit, failed) => {
    await serving(() => ({ status: 200, body: {} }))
    close()
    const words = args.map(word => (word === 'FOLDER' ? folder : word))
    const { code, out } = await hub(words)
    expect(records(out)).toEqual([{ ok: false, exit, code: failed, title: expect.any(String) }])
    expect(code).toBe(exit)
  })

  test('a refusal of the hub', async () => {
    const body = { status: 403, code: 'forbidden', title: 'No tiene permiso', instance: id }
    await serving(() => ({ status: 403, body }))
    const { code, out } = await hub(['show', id, '--json', '--hub', folder])
    expect(records(out)).toEqual([{ ok: false, exit: 1, ...body, errors: [] }])
    expect(code).toBe(1)
  })

  test('refer: place, code and the sender’s own number, beside every refusal and every referral', async () => {
    await serving(({ body }) =>
      body.includes('PRUEBA-1"')
        ? { status: 422, body: { status: 422, code: 'invalid-request', title: 'x', errors: [] } }
        : { status: 201, body: header },
    )
    const { out } = await hub(['refer', twelve(), '--json', '--hub', folder])
    expect(records(out).slice(0, 2)).toEqual([
      { record: 1, line: 1, ok: true, repeated: false, externalId: 'PRUEBA-0', referral: header },
      {
        record: 2,
        line: 2,
        ok: false,
        exit: 1,
        code: 'invalid-request',
        title: 'x',
        status: 422,
        errors: [],
        externalId: 'PRUEBA-1',
      },
    ])
    expect(await readFile(join(folder, 'igm-system.json.refer-sent'), 'utf8')).not.toMatch(/PRUEBA/)
  })
})
