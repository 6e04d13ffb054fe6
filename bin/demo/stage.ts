// How the demo talks: scenes, paragraphs, tables and checks, in one language, as wide as a narrow terminal.
import { inert } from '../../texts/inert.ts'
import { table } from '../layout.ts'
import { filled, type Values } from '../../texts/hub.ts'
import type { Language } from '../../texts/labels.ts'
import { story, type StoryKey } from './story.ts'

const width = 92

export type Stage = ReturnType<typeof stageOn>

/**
 * @param paint whether ANSI colours may be used
 * @returns what the scenes speak with. `failures` counts the checks that did not hold.
 */
export function stageOn(write: (text: string) => void, language: Language, paint: boolean) {
  // The only sequences that a terminal obeys are these.
  const styled = (code: number, text: string) =>
    paint ? `\u001b[${code}m${inert(text)}\u001b[0m` : inert(text)
  const say = (key: StoryKey, values: Values = {}) => filled(story[key][language], values)
  const painted = (text: string) => write(`${text}\n`)
  const line = (text = '') => painted(inert(text))
  let scenes = 0
  let failures = 0
  return {
    language,
    say,
    line,
    get failures() {
      return failures
    },
    title: (text: string) => painted(styled(1, text)),
    scene(key: StoryKey) {
      scenes++
      line()
      painted(styled(1, `${scenes}. ${say(key)}`))
      painted(styled(2, '─'.repeat(width)))
    },
    tell(key: StoryKey, values: Values = {}) {
      for (const row of wrapped(say(key, values))) line(row)
    },
    rows(heading: readonly string[], rows: readonly (readonly string[])[]) {
      line()
      for (const row of table(heading, rows, width - 2)) line(`  ${row}`)
      line()
    },
    json: (value: unknown) => {
      for (const row of JSON.stringify(value, null, 2).split('\n')) line(`    ${row}`)
    },
    /** One thing that must hold. The demo ends with exit 1 when one does not. */
    check(holds: boolean, key: StoryKey, values: Values = {}) {
      if (!holds) failures++
      const mark = holds ? styled(32, '✓') : styled(31, '✗')
      const [first = '', ...rest] = wrapped(say(key, values), width - 4)
      painted(`  ${mark} ${inert(first)}`)
      for (const row of rest) line(`    ${row}`)
    },
  }
}

function wrapped(text: string, columns = width): string[] {
  const rows = ['']
  for (const word of text.split(' ')) {
    const last = rows.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > columns) rows.push(word)
    else rows[rows.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return rows
}
