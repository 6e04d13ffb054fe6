// The pages of `--help` in one language. commander has its own words in English only, and shows the names of places as
// the code has them.
import { Help, type Argument, type Command, type Option } from 'commander'
import { examplesOf } from './examples.ts'
import type { Labels, Language } from '../texts/labels.ts'
import { folded } from './layout.ts'
import type { Terminal } from './terminal.ts'
import type { TextKey } from '../texts/hub.ts'

/** What stands between `<` and `>` or `[` and `]`. A name that is not in here stays as it is, and a test fails. */
const places: Readonly<Record<string, TextKey>> = {
  options: 'place.options',
  command: 'place.command',
  name: 'place.name',
  'dir|url': 'place.dir-or-url',
  'hub-url': 'place.hub-url',
  file: 'place.file',
  folder: 'place.folder',
  host: 'place.host',
  lang: 'place.language',
  n: 'place.number',
  index: 'place.number',
  month: 'place.month',
  category: 'place.category',
  key: 'place.keyid',
  s: 'place.seconds',
  hours: 'place.hours',
  handles: 'place.handles',
  id: 'place.referral',
  referral: 'place.referral',
  reference: 'place.referral',
  consent: 'place.consent',
  code: 'place.code',
  reason: 'place.code',
  status: 'place.status',
  d: 'place.direction',
  time: 'place.time',
  day: 'place.day',
  milestone: 'place.milestone',
  who: 'place.who',
  etag: 'place.etag',
  keyid: 'place.keyid',
  action: 'place.action',
  outcome: 'place.outcome',
  purpose: 'place.purpose',
  institution: 'place.institution',
  institutions: 'place.institutions',
  agreement: 'place.agreement',
  notice: 'place.notice',
  kind: 'place.kind',
  m: 'place.number',
  'yes-no': 'place.yes-no',
  'by-priority': 'place.by-priority',
  priority: 'place.priority',
  roles: 'place.roles',
}

/** The name of a place as people of this language read it. */
export function placeName(name: string, { say }: Pick<Terminal, 'say'>): string {
  const key = places[name]
  return key === undefined ? name : say(key)
}

/** A piece of usage with its places named: `--key <file>`, `[options] [consent]`. */
export const withPlaces = (term: string, terminal: Pick<Terminal, 'say'>): string =>
  term.replace(/(?<=[<[])([^<>[\].]+)(?=(?:\.\.\.)?[>\]])/g, (name: string) =>
    placeName(name, terminal),
  )

type ClosedList = { codes: readonly string[]; labels?: Partial<Labels<string>> }

/** What a reader of a closed list takes, where it says so (usage.ts): each code, and its word where that is another. */
function codesOf({ parseArg }: Option | Argument, language: Language): readonly string[] {
  if (typeof parseArg !== 'function' || !('codes' in parseArg)) return []
  const { codes, labels } = parseArg as unknown as ClosedList
  return codes.map(code => {
    const word = labels?.[code]?.[language]
    return word === undefined || word.toLowerCase() === code ? code : `${code}: ${word}`
  })
}

/** A term with its description beside it, or below it where that would be too narrow to read. */
function item(
  term: string,
  { width, text, columns }: { width: number; text: string; columns: number },
): string {
  const room = columns - width - 4
  if (room < 24)
    return [`  ${term}`, ...folded(text, columns - 6).map(line => `      ${line}`)].join('\n')
  return folded(text, room)
    .map((line, index) => `  ${(index === 0 ? term : '').padEnd(width)}  ${line}`)
    .join('\n')
}

/** Makes a command's page one of this language, with its examples. */
export function helpIn(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const plain = new Help()
  const titles: Readonly<Record<string, string>> = {
    'Usage:': say('title.usage'),
    'Arguments:': say('title.arguments'),
    'Options:': say('title.options'),
    'Global Options:': say('title.global-options'),
    'Commands:': say('title.commands'),
  }
  const described = (thing: Option | Argument) => {
    const codes = codesOf(thing, terminal.language)
    const usual = thing.defaultValue as unknown
    return [
      thing.description,
      ...(codes.length === 0 ? [] : [`(${codes.join(' | ')})`]),
      ...(typeof usual === 'string' || typeof usual === 'number'
        ? [say('help.default', { usual })]
        : []),
    ].join(' ')
  }
  command
    .helpOption('-h, --help', say('help'))
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: terminal.columns,
      formatItem: (term, width, text) => item(term, { width, text, columns: terminal.columns }),
      styleTitle: title => titles[title] ?? title,
      commandUsage: one => withPlaces(plain.commandUsage(one), terminal),
      subcommandTerm: one => withPlaces(plain.subcommandTerm(one), terminal),
      optionTerm: one => withPlaces(plain.optionTerm(one), terminal),
      argumentTerm: one => placeName(one.name(), terminal),
      optionDescription: described,
      argumentDescription: described,
    })
  const examples = examplesOf(command)
  if (examples.length > 0)
    command.addHelpText(
      'after',
      ['', say('title.examples'), ...examples.map(line => `  ${line}`)].join('\n'),
    )
}
