// npm run conformance -- --hub DIR: does the hub do and refuse what its contract says, with keys of a hub.json? A
// report to read. Exit codes: 0 all as expected · 1 something else · 2 wrong usage · 3 unreachable.
import { parseArgs } from 'node:util'
import { HubUnreachable } from '../client/refusal.ts'
import type { Case, Group } from './conformance/case.ts'
import { cases } from './conformance/cases.ts'
import { openKit } from './conformance/kit.ts'
import { inert } from '../texts/inert.ts'
import type { Language } from '../texts/labels.ts'
import { filled } from '../texts/filled.ts'
import { UsageError } from './usage.ts'

type Text = Readonly<Record<Language, string>>

const groups: Record<Group, Text> = {
  golden: { es: 'Lo que debe funcionar', en: 'What must work' },
  tampered: { es: 'Alteradas o mal firmadas', en: 'Tampered with or badly signed' },
  replayed: { es: 'Repetidas', en: 'Replayed' },
  expired: { es: 'Fuera de tiempo', en: 'Out of time' },
  'wrong-role': { es: 'De quien no debe', en: 'From who may not' },
  malformed: { es: 'Mal formadas', en: 'Malformed' },
}

const words = {
  usage: {
    es: `npm run conformance -- [--hub .hub] [--lang es|en] [--json]

  --hub   carpeta con hub.json y las llaves privadas que nombra (las que falten se omiten)
  --json  un objeto por caso y línea

Envía referencias de personas inventadas: úselo con un intercambio de pruebas.`,
    en: `npm run conformance -- [--hub .hub] [--lang es|en] [--json]

  --hub   folder with hub.json and the private keys that it names (cases without theirs are skipped)
  --json  one object per case and line

It submits referrals of invented people: use it with a hub for testing.`,
  },
  title: { es: 'Conformidad de {url}', en: 'Conformance of {url}' },
  as: { es: 'como se esperaba: {met}', en: 'as expected: {met}' },
  not: { es: 'se esperaba {expected}, respondió {met}', en: '{expected} was expected, {met} came' },
  skipped: { es: 'omitido: hub.json no tiene {keys}', en: 'skipped: hub.json has no {keys}' },
  summary: {
    es: '{passed} como se esperaba · {failed} no · {skipped} omitidos',
    en: '{passed} as expected · {failed} not · {skipped} skipped',
  },
  'no-hub': { es: 'no hay hub.json en esa carpeta', en: 'there is no hub.json in that folder' },
  unreachable: { es: 'el intercambio no responde', en: 'the hub does not answer' },
} as const satisfies Record<string, Text>

const out = (line: string) => void process.stdout.write(`${inert(line)}\n`)
const err = (line: string) => void process.stderr.write(`${inert(line)}\n`)
const shown = ({ status, code }: { status: number; code?: string }) =>
  code ? `${status} ${code}` : String(status)

const check = async (folder: string, language: Language, json: boolean): Promise<number> => {
  const kit = await openKit(folder)
  const count = { passed: 0, failed: 0, skipped: 0 }
  const say = (text: Text, values = {}) => filled(text[language], values)
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
  if (!json) out(say(words.title, { url: kit.url }))
  let group: Group | undefined
  for (const each of cases) {
    if (!json && each.group !== group) out(`\n${say(groups[each.group])}`)
    group = each.group
    const missing = each.needs.filter(name => !kit.has(name))
    if (missing.length > 0) {
      tell(each, 'skipped', say(words.skipped, { keys: missing.join(', ') }))
      continue
    }
    const answer = await each.run(kit)
    const { status, code } = each.expected
    const passed = answer.status === status && (code === undefined || answer.code === code)
    const values = { expected: shown(each.expected), met: shown(answer) }
    tell(each, passed ? 'passed' : 'failed', say(passed ? words.as : words.not, values), values.met)
  }
  if (!json) out(`\n${say(words.summary, count)}`)
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
      out(words.usage[language])
      return values.help ? 0 : 2
    }
    return await check(values.hub, language, values.json)
  } catch (error) {
    if (error instanceof HubUnreachable) {
      err(words.unreachable[language])
      return 3
    }
    if (error instanceof UsageError) {
      err(words['no-hub'][language])
      return 2
    }
    if (error instanceof TypeError && 'code' in error) {
      err(words.usage[language])
      return 2
    }
    throw error
  }
}

process.exitCode = await main()
