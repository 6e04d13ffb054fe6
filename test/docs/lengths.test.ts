// Files are as long as the house rules have it (CONTRIBUTING.md), but for a few that are one table, or one story.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const mostLines = 250

/** Longer than that, and why: to cut one of these in two would make it harder to read. */
const longer: Readonly<Record<string, string>> = {
  'schemas/problem.ts': 'the catalogue of problems, each once',
  'console/src/console.css': 'all of the stylesheet',
  'test/events/walks.ts': 'one model of all that can happen to a referral',
  'test/functions/aws/access-log/simulated-crashes.ts': 'one simulation',
  'test/journeys/written-by-0.1.0.whole.test.ts': 'one copy of a hub, on which every test goes on',
  'test/journeys/milestone.test.ts': 'one hub, whose log is counted at the end',
  'test/journeys/shred-drill.whole.test.ts':
    'one drill, from the copy to the last look at the disk',
  'test/journeys/withdrawal.test.ts': 'withdrawals on one hub',
  'test/bin/console-verify.whole.test.ts': 'one console, served in many wrong ways',
  'test/form/submission.test.ts': 'one form, filled in and judged',
  'test/bin/irreversible.whole.test.ts': 'a row for each command that cannot be undone',
  'test/verify/tamper-meaning.ts': 'a row for each forgery',
  'test/verify/verify-log.trust.whole.test.ts': 'one exported log, forged in many ways',
}

const elsewhere = new Set(['node_modules', 'cdk.out', 'dist', 'coverage'])
const files = globSync('**/*.{ts,tsx,mts,mjs,js,css}', {
  cwd: root,
  exclude: path => elsewhere.has(basename(path)) || basename(path).startsWith('.hub'),
})
const linesOf = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length - 1

test(`a file has ${mostLines} lines at most`, () => {
  expect(files.length).toBeGreaterThan(1000)
  const tooLong = files.filter(file => linesOf(file) > mostLines && longer[file] === undefined)
  expect(tooLong).toEqual([])
})

test('what is named as longer is there, and is longer', () => {
  expect(Object.keys(longer).filter(file => linesOf(file) <= mostLines)).toEqual([])
})
