// A border that nothing refuses does not exist: every import that the table does not name is planted, and must be
// refused.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { inTheTable, rules, type Violation, violationsIn } from './cruise.ts'
import { table } from './table.ts'

const root = join(import.meta.dirname, '../..')
const checkout = temporaryFolder('borders')

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(checkout, path)), { recursive: true })
  writeFileSync(join(checkout, path), text)
}

/** Every way to name another module. Types count: a file that knows another one's shapes changes with it. */
const ways: readonly ((module: string) => string)[] = [
  module => `import { a } from '${module}'\nexport const b = a\n`,
  module => `import type { A } from '${module}'\nexport type B = A\n`,
  module => `import { type A } from '${module}'\nexport type B = A\n`,
  module => `import '${module}'\n`,
  module => `export { a } from '${module}'\n`,
  module => `export * from '${module}'\n`,
  module => `export type { A } from '${module}'\n`,
  module => `export const b = (): unknown => import('${module}')\n`,
  module => `export type B = import('${module}').A\n`,
  module => `export type B = typeof import('${module}')\n`,
  module => `import a = require('${module}')\nexport const b = a\n`,
  module => `/** @import { A } from '${module}' */\nexport const b = 1\n`,
]

const folders = Object.keys(table)
const rows = Object.entries(table).flatMap(([folder, row]) =>
  row === 'anything' ? [] : [{ folder, ...row }],
)
const inFolder = (folder: string, name: string) => (folder === '.' ? name : `${folder}/${name}`)
const pathTo = (from: string, to: string) => {
  const path = relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
/** Packages that are there: each one that some row names, one of the scope, and one that no row names. */
const packages = [
  ...new Set(rows.flatMap(({ npm }) => npm.filter(name => !name.endsWith('*')))),
  '@aws-sdk/client-kms',
  'typescript',
]
/** These have no entry of their own. */
const moduleOf: Record<string, string> = {
  '@noble/hashes': '@noble/hashes/sha2.js',
}
const nodeModules = ['node:crypto', 'node:fs', 'net']

type Plant = { path: string; module: string; named: boolean; rule: string }

/** For each row an import of each folder, package and module, in each way by turns. */
const plants: Plant[] = rows.flatMap(({ folder, ours, npm, node }) => {
  const namesPackage = (name: string) =>
    npm.some(one => one === name || (one.endsWith('/*') && name.startsWith(one.slice(0, -1))))
  const all = [
    ...folders.map(to => ({
      to: inFolder(to, 'here.ts'),
      named: to === folder || ours.includes(to),
    })),
    ...packages.map(name => ({ to: moduleOf[name] ?? name, named: namesPackage(name) })),
    ...nodeModules.map(to => ({
      to,
      named: node === 'all' || node.includes(to.replace('node:', '')),
    })),
  ]
  return all.map(({ to, named }, number) => {
    const path = inFolder(folder, `plant-${number}.ts`)
    const module = to.endsWith('here.ts') ? pathTo(path, to) : to
    return { path, module, named, rule: folder }
  })
})

const refusedBy = (found: readonly Violation[]) => (path: string) =>
  found.filter(({ from }) => from === path).map(({ rule }) => rule)

let found: Violation[]
let rulesOn: (path: string) => string[]

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  for (const folder of folders)
    write(inFolder(folder, 'here.ts'), 'export const a = 1\nexport type A = number\n')
  for (const [number, { path, module }] of plants.entries())
    write(path, (ways[number % ways.length] as (typeof ways)[number])(module))
  for (const [number, way] of ways.entries())
    write(`events/way-${number}.ts`, way('../functions/aws/here.ts'))
  for (const ending of ['mts', 'cts', 'tsx', 'mjs', 'js', 'jsx', 'cjs'])
    write(`events/ending.${ending}`, `import '../functions/aws/here.ts'\n`)
  write('events/builtin.ts', `export const fs = process.getBuiltinModule('fs')\n`)
  write('events/circle-a.ts', `import type { A } from './circle-b.ts'\nexport type B = A\n`)
  write('events/circle-b.ts', `import type { B } from './circle-a.ts'\nexport type A = B\n`)
  write('events/orphan.ts', 'export const a = 1\n')
  write('events/nowhere.ts', `import './not-there.ts'\n`)
  for (const folder of ['elsewhere', 'functions', 'functions/elsewhere'])
    write(`${folder}/new.ts`, `import '${'../'.repeat(folder.split('/').length)}schemas/here.ts'\n`)
  found = await violationsIn(checkout)
  rulesOn = refusedBy(found)
}, 120_000)

test('what a row does not name is refused by that row, folder by folder', () => {
  const wrong = plants
    .filter(({ named }) => !named)
    .filter(({ path, rule }) => !rulesOn(path).includes(rule))
  expect(wrong).toEqual([])
})

test('what a row names is not refused', () => {
  const wrong = plants.filter(({ named, path }) => named && rulesOn(path).length > 0)
  expect(wrong).toEqual([])
})

describe('whatever the import looks like', () => {
  test.each(ways.map((way, number) => [way('…').trim().replaceAll('\n', ' '), number] as const))(
    '%s',
    (_, number) => expect(rulesOn(`events/way-${number}.ts`)).toEqual(['events']),
  )

  test.each(['mts', 'cts', 'tsx', 'mjs', 'js', 'jsx', 'cjs'])('in a .%s file', ending =>
    expect(rulesOn(`events/ending.${ending}`)).toEqual(['events']),
  )

  test('without an import: process.getBuiltinModule', () =>
    expect(rulesOn('events/builtin.ts')).toEqual(['events']))
})

test('two files that import each other are refused, if only for types', () => {
  expect([...rulesOn('events/circle-a.ts'), ...rulesOn('events/circle-b.ts')]).toContain(
    'no circle',
  )
})

test('a file that nothing imports, and that imports nothing, is refused', () => {
  expect(rulesOn('events/orphan.ts')).toEqual(['no orphan'])
})

test('an import of what is not there is refused', () => {
  expect(rulesOn('events/nowhere.ts')).toContain('what is imported is there')
})

test('a folder that the table does not have is refused', () => {
  for (const folder of ['elsewhere', 'functions', 'functions/elsewhere'])
    expect([folder, rulesOn(`${folder}/new.ts`)]).toEqual([folder, [inTheTable]])
})

test('every rule has refused something that was planted', () => {
  const all = [...rules.map(({ name }) => name ?? ''), inTheTable]
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(all))
})

test('nothing imports test, and test is the only folder that may import anything', () => {
  expect(folders.filter(folder => table[folder] === 'anything')).toEqual(['test'])
  expect(rows.filter(({ ours }) => ours.includes('test'))).toEqual([])
})
