// How the demo talks: paragraphs, commands with what they print, and checks, in one language, 80 columns wide.
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { commandLine } from '../command-line.ts'
import { folded } from '../layout.ts'
import { demoTexts } from '../../texts/demo.ts'
import { inert } from '../../texts/inert.ts'
import { filled, type Values } from '../../texts/filled.ts'
import type { Language } from '../../texts/labels.ts'

const width = 80

type StoryKey = keyof typeof demoTexts

export type Stage = ReturnType<typeof stageOn>

/**
 * What a command must end with. `says` is how what it printed is known to be that; `lines` of it are shown, its last
 * ones when negative.
 */
export type Expected = { code?: number; says: RegExp; lines?: number }

/**
 * @param paint whether ANSI colours may be used
 * @returns what the scenes speak with. `failures` counts the checks that did not hold.
 */
export function stageOn(write: (text: string) => void, language: Language, paint: boolean) {
  // The only sequences that a terminal obeys are these.
  const styled = (code: number, words: string) =>
    paint ? `\u001b[${code}m${inert(words)}\u001b[0m` : inert(words)
  const say = (key: StoryKey, values: Values = {}) => filled(demoTexts[key][language], values)
  let failures = 0
  let printed = ''
  const check = (holds: boolean, key: StoryKey, values: Values = {}) => {
    if (!holds) failures++
    const mark = holds ? styled(32, '✓') : styled(31, '✗')
    for (const [index, row] of folded(say(key, values), width - 4).entries())
      write(`  ${index === 0 ? mark : ' '} ${inert(row)}\n`)
  }
  return {
    get failures() {
      return failures
    },

    /** All that the commands printed, also what was not shown. */
    get printed() {
      return printed
    },

    /** A paragraph. */
    tell: (key: StoryKey, values: Values = {}) => {
      write('\n')
      for (const row of folded(say(key, values), width)) write(`${styled(1, row)}\n`)
    },

    /** One thing that must hold. The demo ends with exit 1 when one does not. */
    check,

    /**
     * Runs `hub <words>`, shows it and what it prints, and checks that it ended as expected. Resolves to what it
     * printed.
     * @param key what is claimed of it, under a ✓ or a ✗
     */
    run: async (
      words: string,
      { code = 0, says, lines = 4 }: Expected,
      key: StoryKey,
    ): Promise<string> => {
      write(`${styled(36, `$ hub ${words}`)}\n`)
      const [stdin, out] = [new PassThrough(), new PassThrough()]
      stdin.end()
      const all = text(out)
      const ended = await commandLine({
        argv: ['node', 'hub', ...words.split(' '), '--lang', language],
        // The pins of this user's logs are none of the demo's.
        env: {
          ...process.env,
          HUB_LOG_KEYS: 'log-keys',
          COLUMNS: String(width - 2),
          NO_COLOR: '1',
        },
        stdin,
        stdout: out,
        stderr: out,
        on: () => {},
        exit: () => {},
      })
      out.end()
      const said = await all
      printed += said
      const rows = said.split('\n').flatMap(row => (row === '' ? [] : folded(row, width - 2)))
      const shown = lines < 0 ? rows.slice(lines) : rows.slice(0, lines)
      if (lines < 0) write('  …\n')
      for (const row of shown) write(`  ${inert(row)}\n`)
      if (lines > 0 && rows.length > lines) write('  …\n')
      check(ended === code && says.test(said), key)
      return said
    },
  }
}
