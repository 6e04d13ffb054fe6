// What a comment or a document names of this repository's files is there: a name that is left behind leads a reader
// nowhere, and a security claim to a test that nobody runs.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const elsewhere = new Set(['node_modules', 'cdk.out', 'dist', 'coverage', 'data'])
const files = globSync('**/*.{ts,tsx,mjs,css,md}', {
  cwd: root,
  exclude: path => elsewhere.has(basename(path)) || basename(path).startsWith('.hub'),
})
  // What was decided or delivered then may be gone since; and this one plants what is not there.
  .filter(file => !['CHANGELOG.md', 'docs/decisions.md', 'test/docs/named.test.ts'].includes(file))

const folders =
  'bin|client|console|docs|events|fsck|functions|infra|log|schemas|signatures|test|texts|verify'
const named = new RegExp(`(?<![\\w/.-])(?:${folders})/[\\w./-]*\\.(?:ts|tsx|mjs|css|md)\\b`, 'g')

/** The comments of a source; of a document what stands as code. Its links are held by links.test.ts. */
const proseOf = (file: string, text: string): string =>
  (text.match(file.endsWith('.md') ? /`[^`\n]+`/g : /\/\*[^]*?\*\/|(?<![:\w])\/\/.*/g) ?? []).join(
    '\n',
  )

const missingIn = (prose: string): string[] =>
  [...prose.matchAll(named)].map(([path]) => path).filter(path => !existsSync(join(root, path)))

test('every file that is named is there', () => {
  expect(files.length).toBeGreaterThan(1000)
  const missing = files.flatMap(file =>
    missingIn(proseOf(file, readFileSync(join(root, file), 'utf8'))).map(path => [file, path]),
  )
  expect(missing).toEqual([])
})

test('a name that leads nowhere is seen', () => {
  const source = "// See events/consent.ts\nconst a = 'events/not-there.ts' // events/no-such.ts\n"
  expect(missingIn(proseOf('a.ts', source))).toEqual(['events/no-such.ts'])
})
