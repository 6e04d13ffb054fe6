// The files to open for a submission and for a pull (docs/architecture.md) are all there are: whatever one of them
// calls is on the list too, or leads no further.
import { existsSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const mostFiles = 14

const targets = new Map(
  [...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name = '', path = '']) => [
    name,
    normalize(join('docs', path)),
  ]),
)

/** The files that a list names, which begins with these words. */
const listed = (beginning: string): string[] => {
  const [, list = ''] = text.split(beginning)[1]?.match(/^[^:]*:([^]*?)\.\n/) ?? []
  return [...list.matchAll(/\[([^\]]+)\]/g)].map(([, name = '']) => targets.get(name) ?? name)
}

/** What a file imports of the repository to run it: types are not called. */
const calledBy = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^import (?!type )([^'"]*?) from '(\.[^']+)'$/gm,
    ),
  ]
    .filter(([, names = '']) => /[{,]\s*(?!type )\w/.test(names))
    .map(([, , path = '']) => normalize(join(file, '..', path)))

/** Adapters, cryptography and the rules are looked up where a reader wants to know more of one. */
const goesOn = (file: string): boolean => /^functions\/(?!aws\/|crypto\/)/.test(file)

const unlisted = (list: readonly string[]): string[] =>
  list.flatMap(file =>
    calledBy(file)
      .filter(called => goesOn(called) && !list.includes(called))
      .filter(called => calledBy(called).some(next => goesOn(next) && !list.includes(next))),
  )

describe.each([
  ['a submission', 'functions/referral/post.ts', listed('To follow a submission')],
  ['a pull', 'functions/inbox/pull.ts', listed('To follow a pull')],
])('%s', (_, door, list) => {
  test(`is told by at most ${mostFiles} files, and they are there`, () => {
    expect(list.filter(file => !existsSync(join(root, file)))).toEqual([])
    expect(list).toContain(door)
    expect(new Set(list).size).toBe(list.length)
    expect(list.length).toBeLessThanOrEqual(mostFiles)
  })

  test('what a file of it calls is on the list, or leads no further', () => {
    expect(unlisted(list)).toEqual([])
  })

  test('each is on the way: its door calls it, or one that it calls', () => {
    const reached = new Set([door])
    for (const file of reached) for (const called of calledBy(file)) reached.add(called)
    expect(list.filter(file => !reached.has(file))).toEqual([])
  })

  test('a file that is left out is missed', () => {
    const without = list.filter(file => !file.startsWith('functions/effects/'))
    expect(unlisted(without).length).toBeGreaterThan(0)
  })
})
