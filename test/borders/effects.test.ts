// One way to an effect: no door, and nothing that doors run in, names what `commit` writes with.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const files = globSync(
  'functions/{referral,consent,inbox,access-log,institution,hub,http}/**/*.ts',
  {
    cwd: root,
  },
)

/** Code without its comments and strings: needs are named in strings. */
const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, '')

/**
 * A ledger's own `append` is a write that is handed to `commit`. A pull asks the outbox what comes before a message,
 * and has it sent again: no effect, and all that it may ask.
 */
const past =
  /\btransact\b|\boutbox\b(?!\.(?:sendsOf|sent)\b| }: { outbox: Pick<Outbox,|: Pick<Outbox,)|(?<!\bconsents\.)\bappend\b/

test.each(files)('%s', file => {
  expect(codeOf(readFileSync(join(root, file), 'utf8'))).not.toMatch(past)
})

test('a door that writes past commit is seen', () => {
  expect(files.length).toBeGreaterThan(20)
  for (const code of [
    'await deps.transact([write])',
    'const { transact } = deps',
    'deps.outbox.add(message)',
    'outbox.settle(message)',
    'const { outbox: { add } } = deps',
    'relay({ outbox })',
    'const { accessLog: { append } } = deps',
  ])
    expect(codeOf(code)).toMatch(past)
  expect(codeOf("'outbox:send' // transact\ndeps.consents.append(event)")).not.toMatch(past)
})
