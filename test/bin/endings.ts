// What happens at the hub does not depend on who reads the output, where it goes, or when somebody asks the command to
// stop.
import { describe, expect, test } from 'vitest'
import { hub, records } from './cli.ts'
import { shell } from './shell.ts'
import type { Seen } from './stand-in.ts'
import { at, header, id, twelveToRefer } from './twelve.ts'

const handles = (path: string) => path.endsWith('/ack') || path.endsWith('/return')
const posts = (seen: Seen[]) => seen.filter(({ method }) => method === 'POST').length

/** Tries `some` of the rows of each list. */
export const endings = (some: <T>(rows: readonly T[]) => readonly T[]): void => {
  const { place, serving } = twelveToRefer()
  const accepting = () => serving(() => ({ status: 201, body: header, headers: { etag: '"1"' } }))

  describe('output that cannot be written ends with exit 3, and every record is sent all the same', () => {
    const lost = [
      ['a reader that goes away', 'hub refer twelve.jsonl --json --hub . | head -1'],
      ['a reader that never came', 'hub refer twelve.jsonl --hub . | true'],
      ['a full disk', 'hub refer twelve.jsonl --json --hub . >/dev/full'],
      ['a full disk for what is told', 'hub refer twelve.jsonl --hub . 2>/dev/full'],
      ['both', 'hub refer twelve.jsonl --hub . >/dev/full 2>&1'],
      ['one reader of both that goes away', 'hub refer twelve.jsonl --hub . 2>&1 | head -1'],
    ] as const
    test.each(some(lost))('%s', async (_, script) => {
      const seen = await accepting()
      const { code, err } = await shell(script, place.folder)
      expect(posts(seen)).toBe(12)
      expect(code).toBe(3)
      if (!script.includes('2>')) {
        expect(err).toContain('enviadas 12 · ya estaban: 0 · no aceptadas 0 · sin enviar 0')
        expect(err).toContain('No se pudo escribir toda la salida')
      }
    })

    test('a refusal whose reasons nobody could read is exit 3, not 1', async () => {
      await serving(() => ({ status: 422, body: { code: 'invalid-request', title: 'x' } }))
      expect(
        (await shell('hub refer twelve.jsonl --json --hub . >/dev/full', place.folder)).code,
      ).toBe(3)
      expect((await shell('hub refer twelve.jsonl --json --hub .', place.folder)).code).toBe(1)
    })

    const closed = [
      ['stdout', 'hub refer twelve.jsonl --hub . >&-'],
      ['stderr', 'hub refer twelve.jsonl --hub . 2>&-'],
      ['both and stdin', 'hub refer twelve.jsonl --hub . <&- >&- 2>&-'],
    ] as const
    test.each(some(closed))('%s closed is as good as sent to /dev/null', async (_, script) => {
      const seen = await accepting()
      expect((await shell(script, place.folder)).code).toBe(0)
      expect(posts(seen)).toBe(12)
    })

    const commands = [
      [`status ${id} accepted`],
      [`withdraw ${id} --yes --requested-by self --method in-person`],
      ['ack a b c d e f g h i j k l'],
      ['return a b c d e f g h i j k l'],
    ] as const
    test.each(some(commands))('hub %s', async command => {
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
      const ran = outputs.map(output =>
        shell(`hub ${command} --json --hub . ${output}`, place.folder),
      )
      expect((await Promise.all(ran)).map(({ code }) => code)).toEqual([3, 3, 3])
      expect(posts(seen)).toBe(3 * expected)
    })

    test('who only looks may stop reading', async () => {
      await serving(() => ({
        status: 200,
        body: { items: Array.from({ length: 200 }, () => header) },
      }))
      expect((await shell('hub list --json --hub . | head -1', place.folder)).code).toBe(0)
      expect((await shell('hub list --json --hub . >/dev/full', place.folder)).code).toBe(3)
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
        hub([...args, '--hub', place.folder], {
          started: child => signalled.resolve(signal => void child.kill(signal)),
          watchError: err => {
            if (err.includes('Deteniendo')) heard.resolve()
          },
        }),
    }
  }

  describe('a signal lets the request under way get its answer, and no further one begins', () => {
    const signals = [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const
    test.each(some(signals))('%s', async (signal, expected) => {
      const command = running()
      const seen: Seen[] = await serving(async () => {
        if (seen.length === 3) await command.signal(signal)
        return { status: 201, body: header }
      })
      const { code, out, err } = await command.hub(['refer', place.twelve, '--json'])
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
      expect((await command.hub(['refer', place.twelve])).code).toBe(143)
    })
  })
}
