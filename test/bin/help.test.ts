// The pages of `--help`: in one language each, with examples that the parser takes, and within the columns there are.
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { logTexts } from '../../texts/log.ts'
import { examplesOf, fullName } from '../../bin/examples.ts'
import * as labels from '../../texts/labels.ts'
import * as referralLabels from '../../texts/referral.ts'
import { widthOf } from '../../bin/layout.ts'
import { everyCommand, hubProgram } from '../../bin/program.ts'
import { texts } from '../../texts/hub.ts'
import { around, hub } from './cli.ts'

type Language = labels.Language

/** The program as a person at a terminal has it. */
const programIn = (language: Language, columns = 80) => {
  const stream = () => Object.assign(new PassThrough(), { isTTY: true, columns })
  const streams = { input: stream(), out: stream(), error: stream() }
  return hubProgram(streams, ['--lang', language], around()).program
}
const languages = ['es', 'en'] as const
const wordsOf = (text: string) => text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
const labelled = Object.values({ ...labels, ...referralLabels }).flatMap(
  (table): Record<Language, string>[] => Object.values(table),
)
const catalogue = (language: Language) =>
  new Set(
    [...Object.values(texts), ...Object.values(logTexts), ...labelled]
      .flatMap(text => wordsOf(text[language]))
      .map(word => word.toLowerCase()),
  )

/** A page without what is typed as it stands: names of commands and options, codes, examples. */
function spoken(command: Command): string {
  const all = everyCommand(command.parent ? topOf(command) : command)
  const typed = new Set([
    '-h',
    '--help',
    ...all.map(one => one.name()),
    ...all.flatMap(({ options }) =>
      options.flatMap(({ long, short }) => [long ?? '', short ?? '']),
    ),
    ...all.flatMap(({ options, registeredArguments }) =>
      [...options, ...registeredArguments].flatMap(({ parseArg, defaultValue }) => [
        ...(parseArg && 'codes' in parseArg ? (parseArg.codes as string[]) : []),
        String(defaultValue),
      ]),
    ),
  ])
  let page = ''
  command.configureOutput({ ...command.configureOutput(), writeOut: text => void (page += text) })
  command.outputHelp()
  const examples = examplesOf(command)
  return page
    .split('\n')
    .filter(line => !examples.includes(line.trim()))
    .join(' ')
    .split(/[\s()<>[\]|,:]+|\.\.\./)
    .filter(word => !typed.has(word))
    .join(' ')
}
const topOf = (command: Command): Command => (command.parent ? topOf(command.parent) : command)

test.each(languages)('every page in %s says no word that is not of its catalogue', language => {
  const known = catalogue(language)
  for (const command of everyCommand(programIn(language))) {
    const strange = wordsOf(spoken(command)).filter(word => !known.has(word.toLowerCase()))
    expect(strange, fullName(command)).toEqual([])
  }
})

test('no sentence is the same in both languages, save what has no language, and none mixes them', () => {
  const only = {
    es: /\b(el|la|los|las|del|para|con|una|que)\b/i,
    en: /\b(the|of|with|from|which|and|is)\b/i,
  }
  for (const [key, { es, en }] of Object.entries({ ...texts, ...logTexts })) {
    expect(es, key).not.toMatch(only.en)
    expect(en, key).not.toMatch(only.es)
  }
})

const pageOf = (language: Language, ...path: string[]) => {
  const command = everyCommand(programIn(language)).find(
    one => fullName(one) === ['hub', ...path].join(' '),
  )
  return command?.helpInformation().replaceAll(/\s+/g, ' ')
}

test('the page of a command says what its codes mean', () => {
  expect(pageOf('es', 'status')).toContain('no-capacity: sin cupo')
  expect(pageOf('en', 'status')).toContain('received | accepted')
  expect(pageOf('en', 'status')).toContain('rejected: Not accepted | failed')
  expect(pageOf('en', 'status')).toContain('not-collected: nobody collected it')
  expect(pageOf('es', 'keys', 'revoke')).toContain('superseded: reemplazada')
  expect(pageOf('es', 'log')).toContain('migrationStatus: situación migratoria')
})

test('every command shows at least one example, and the parser takes each', async () => {
  for (const command of everyCommand(programIn('es'))) {
    const examples = examplesOf(command)
    expect(examples.length, fullName(command)).toBeGreaterThan(0)
    for (const example of examples)
      // A pipe is two commands, and what comes after `<` is the shell's.
      for (const part of example.split(' | ')) {
        const [words = ''] = part.split(' < ')
        const program = programIn('es')
        const called: string[] = []
        for (const one of everyCommand(program))
          if (one.commands.length === 0 || one.name() === 'log')
            one.action(() => void called.push(fullName(one)))
        await program.parseAsync(words.split(' ').slice(1), { from: 'user' })
        expect(called, example).toHaveLength(1)
        expect(words.startsWith(called[0] ?? '?'), example).toBe(true)
      }
    // A command's first example is of itself, or of one below it.
    if (command.parent) expect(examples[0]?.startsWith(fullName(command))).toBe(true)
  }
})

test('no example names a day of a milestone, which could be one to come, nor the README an entry', () => {
  const readme = readFileSync('README.md', 'utf8')
  const shown = everyCommand(programIn('es')).flatMap(examplesOf)
  expect([readme, ...shown].join('\n')).toContain('milestone FOLIO enrolled')
  for (const text of [readme, ...shown]) expect(text).not.toMatch(/milestone .*--on \d/)
  expect(readme).toContain('log prove INDEX')
})

test.each([80, 60])('every page fits %i columns, examples aside', columns => {
  for (const command of everyCommand(programIn('es', columns))) {
    let page = ''
    command.configureOutput({ ...command.configureOutput(), writeOut: text => void (page += text) })
    command.outputHelp()
    const examples = examplesOf(command)
    for (const line of page.split('\n').filter(one => !examples.includes(one.trim())))
      expect(widthOf(line), line).toBeLessThanOrEqual(columns)
  }
})

test('--version is the package’s, and no failure', async () => {
  const { code, out } = await hub(['--version'])
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(code).toBe(0)
})
