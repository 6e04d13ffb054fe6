// Whatever is printed is inert: nothing that the hub, a file or a caller wrote can move the cursor, hide or turn text
// around.
import { readdir, readFile } from 'node:fs/promises'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stageOn } from '../../bin/demo/stage.ts'
import { inert } from '../../texts/inert.ts'
import { terminalOn, type Terminal } from '../../bin/terminal.ts'
import { filled } from '../../texts/filled.ts'
import { acting, named, readAll, stream } from './acting.ts'
import { around } from './cli.ts'

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...named),
  fc.tuple(fc.string(), fc.constantFrom(...named), fc.string()).map(parts => parts.join('')),
)

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
    for (const [write = ''] of source.matchAll(
      /(process\.(stdout|stderr)\.write|\bconsole\.\w+\().*/g,
    )) {
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
