// npm run conformance -- --hub DIR: does the hub do and refuse what its contract says, with keys of a hub.json? A
// report to read. Exit codes: 0 all as expected · 1 something else · 2 wrong usage · 3 unreachable.
import { parseArgs } from 'node:util'
import { HubUnreachable } from '../client/refusal.ts'
import type { Case, Group } from './conformance/case.ts'
import { cases } from './conformance/cases.ts'
import { openKit } from './conformance/kit.ts'
import { inert } from '../texts/inert.ts'
import { conformanceGroups, conformanceTexts } from '../texts/conformance.ts'
import type { Language } from '../texts/language.ts'
import { filled } from '../texts/filled.ts'
import { UsageError } from './usage.ts'

const out = (line: string) => void process.stdout.write(`${inert(line)}\n`)
const err = (line: string) => void process.stderr.write(`${inert(line)}\n`)
const shown = ({ status, code }: { status: number; code?: string }) =>
  code ? `${status} ${code}` : String(status)

const check = async (folder: string, language: Language, json: boolean): Promise<number> => {
  const kit = await openKit(folder)
  const count = { passed: 0, failed: 0, skipped: 0 }
  const say = (text: Readonly<Record<Language, string>>, values = {}) =>
    filled(text[language], values)
  const tell = (each: Case, result: keyof typeof count, text: string, met?: string) => {
    count[result] += 1
    const { group, name, expected } = each
    const mark = { passed: '✓', failed: '✗', skipped: '–' }[result]
    out(
      json
        ? JSON.stringify({ group, name: name[language], expected, met, result })
        : `  ${mark} ${name[language]}  (${text})`,
    )
  }
  if (!json) out(say(conformanceTexts.title, { url: kit.url }))
  let group: Group | undefined
  for (const each of cases) {
    if (!json && each.group !== group) out(`\n${say(conformanceGroups[each.group])}`)
    group = each.group
    const missing = each.needs.filter(name => !kit.has(name))
    if (missing.length > 0) {
      tell(each, 'skipped', say(conformanceTexts.skipped, { keys: missing.join(', ') }))
      continue
    }
    const answer = await each.run(kit)
    const { status, code } = each.expected
    const passed = answer.status === status && (code === undefined || answer.code === code)
    const values = { expected: shown(each.expected), met: shown(answer) }
    tell(
      each,
      passed ? 'passed' : 'failed',
      say(passed ? conformanceTexts.as : conformanceTexts.not, values),
      values.met,
    )
  }
  if (!json) out(`\n${say(conformanceTexts.summary, count)}`)
  return count.failed === 0 ? 0 : 1
}

const main = async (): Promise<number> => {
  let language: Language = 'es'
  try {
    const { values } = parseArgs({
      options: {
        hub: { type: 'string', default: '.hub' },
        lang: { type: 'string', default: 'es' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.lang === 'en') language = 'en'
    if (values.help || (values.lang !== 'es' && values.lang !== 'en')) {
      out(conformanceTexts.usage[language])
      return values.help ? 0 : 2
    }
    return await check(values.hub, language, values.json)
  } catch (error) {
    if (error instanceof HubUnreachable) {
      err(conformanceTexts.unreachable[language])
      return 3
    }
    if (error instanceof UsageError) {
      err(conformanceTexts['no-hub'][language])
      return 2
    }
    if (error instanceof TypeError && 'code' in error) {
      err(conformanceTexts.usage[language])
      return 2
    }
    throw error
  }
}

process.exitCode = await main()
