// The table as rules of dependency-cruiser, and dependency-cruiser over a checkout.
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser'
import { folderOf, nodeModules, run, table } from './table.ts'

/**
 * dependency-cruiser reads TypeScript by the compiler's API, which version 7 does not have. It gets the version that
 * the generators have beside them (test/generators). With version 7 it would read no `.ts` file at all, and find
 * nothing wrong.
 */
const beside = createRequire(join(import.meta.dirname, '../generators/package.json'))
registerHooks({
  resolve: (specifier, context, next) =>
    /^typescript($|\/)/.test(specifier) &&
    context.parentURL?.includes('/node_modules/dependency-cruiser/')
      ? { url: pathToFileURL(beside.resolve(specifier)).href, shortCircuit: true }
      : next(specifier, context),
})
const { cruise } = await import('dependency-cruiser')

export type Violation = { rule: string; from: string; to: string }

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** The files of a row: not those of a folder below it that has a row of its own. */
const filesOf = (folder: string): string => {
  if (folder === '.') return '^[^/]+[.][a-z]+$'
  const below = Object.keys(table)
    .filter(other => other.startsWith(`${folder}/`))
    .map(other => escaped(other.slice(folder.length + 1)))
  return `^${escaped(folder)}/${below.length > 0 ? `(?!(${below.join('|')})/)` : ''}`
}

/** A package of which there are types only is not found, and stays a name. */
const typesOnly = '^aws-lambda$'

/** Files of packages of their own, installed by what runs them alone: what they import, knip holds to package.json. */
const installedApart = '^test/(bench/peers|console)/'

/** A package where it is found. */
const packageFiles = (name: string): string => {
  const known = escaped(name.replace(/\/\*$/, ''))
  return `(^|/)node_modules/(@types/)?${known}/|^${known}$`
}

const moduleNames = (names: readonly string[]): string => `^(node:)?(${names.join('|')})$`

const rowRules = Object.entries(table).flatMap(([folder, row]): IForbiddenRuleType[] => {
  if (row === 'anything') return []
  const modules = row.node === 'all' ? nodeModules : row.node
  const named = [
    ...[folder, ...row.ours].map(filesOf),
    ...row.npm.map(packageFiles),
    ...(modules.length > 0 ? [moduleNames(modules)] : []),
  ]
  const from = { path: filesOf(folder) }
  return [{ name: folder, severity: 'error', from, to: { pathNot: named } }]
})

/** Every rule there is: a row of the table each, and more that hold everywhere. */
export const rules: readonly IForbiddenRuleType[] = [
  ...rowRules,
  { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no orphan',
    severity: 'error',
    from: { orphan: true, pathNot: Object.keys(run).map(path => `^${escaped(path)}$`) },
    to: {},
  },
  {
    name: 'what is imported is there',
    severity: 'error',
    from: { pathNot: installedApart },
    to: { couldNotResolve: true, pathNot: typesOnly },
  },
]
export const inTheTable = 'every folder is in the table'

/** Reads every file of a checkout that Node.js or a browser could run, and says what breaks a rule. */
export const violationsIn = async (baseDir: string): Promise<Violation[]> => {
  const { output } = await cruise(
    ['.'],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      tsPreCompilationDeps: true,
      detectJSDocImports: true,
      detectProcessBuiltinModuleCalls: true,
      doNotFollow: { path: 'node_modules' },
      // Of this checkout, not of a package: what is excluded is not seen as imported either.
      exclude: { path: String.raw`^((client|verify)/)?(dist|coverage)/|^cdk\.out/|^\.hub` },
    },
    {
      extensions: ['.ts', '.mts', '.cts', '.tsx', '.mjs', '.cjs', '.js', '.jsx', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default', 'require'],
    },
  )
  const { modules, summary } = output as ICruiseResult
  if (!modules.some(({ source }) => source.endsWith('.ts'))) throw new Error('no .ts file was read')
  const unknown = modules.filter(
    ({ source, coreModule, couldNotResolve }) =>
      !coreModule &&
      !couldNotResolve &&
      !/(^|\/)node_modules\//.test(source) &&
      folderOf(source) === undefined,
  )
  return [
    ...summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    ...unknown.map(({ source }) => ({ rule: inTheTable, from: source, to: source })),
  ]
}
