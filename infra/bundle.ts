// One esbuild run for all functions: an ESM file each, with everything it imports and nothing else.
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { type RouteSpec, routes } from '../schemas/routes.ts'
import { jsonSchemaModule, withoutJsonSchemas, withoutTold, withoutUnused } from './left-out.ts'

type FunctionOf = {
  name: string
  module: string
  may?: readonly string[]
  /** Of the contract that it serves, by `GET /v1/…`; absent where it may need the whole list. */
  trigger?: { readonly routes: readonly string[] } | { readonly everyMinutes: number }
}

/** A plugin for bundles of these functions; `pathOf`: the file of a module. */
type PluginFor = (functions: readonly FunctionOf[], pathOf: (module: string) => string) => Plugin

/** A table of a source, `const <name> = {`, with those of its rows that `keeps` wants by their names. */
const withRows = (source: string, name: string, keeps: (row: string) => boolean): string => {
  const [before, rest] = source.split(`const ${name} = {\n`)
  const end = rest?.search(/^}/m) ?? -1
  if (before === undefined || rest === undefined || end < 0) throw new Error(`no table ${name}`)
  const rows = rest.slice(0, end).split(/^(?= {2}['\w])/m)
  const kept = rows.filter(row => keeps(/^ {2}'?([\w:.-]*\w)/.exec(row)?.[1] ?? ''))
  return `${before}const ${name} = {\n${kept.join('')}${rest.slice(end)}`
}

/**
 * The adapters of a door (functions/aws/bind.ts) without those that its line of the permission table does not allow:
 * its needs name no others (test/infra/needs.test.ts).
 */
const onlyWhatItMay: PluginFor = (functions, pathOf) => ({
  name: 'only-what-it-may',
  setup(run) {
    const allowed = new Map(functions.map(({ module, may }) => [pathOf(module), may]))
    const filter = /\/functions\/aws\/bind\.ts$/
    run.onResolve(
      { filter: /\/aws\/bind\.ts$/ },
      ({ path, resolveDir, importer }) =>
        allowed.get(importer) && { path: resolve(resolveDir, path), suffix: `?${importer}` },
    )
    run.onLoad({ filter }, async ({ path, suffix }) => {
      const may = allowed.get(suffix.slice(1))
      if (!may) return undefined
      const left = new Set(may)
      const given = withRows(await readFile(path, 'utf8'), 'giving', row => left.delete(row))
      if (left.size > 0) throw new Error(`functions/aws/bind.ts gives no ${[...left].join(', ')}`)
      return {
        contents: withRows(given, 'whole', row => given.includes(`whole.${row}()`)),
        loader: 'ts',
        resolveDir: dirname(path),
      }
    })
  },
})

/** Names of the routes that a function serves, where it needs no others: `$default` answers for all that there are. */
const servedBy = ({ trigger }: FunctionOf): Set<string> | undefined => {
  if (!trigger || !('routes' in trigger)) return undefined
  const keys = trigger.routes
  if (keys.includes('$default')) return undefined
  const served = Object.entries<RouteSpec>(routes).filter(([, { method, path }]) =>
    keys.includes(`${method} ${path}`),
  )
  return new Set(served.map(([name]) => name))
}

/**
 * The stack of a door, functions/http, with the routes that it serves alone: no shape of a request that another takes.
 */
const onlyItsRoutes: PluginFor = (functions, pathOf) => ({
  name: 'only-its-routes',
  setup(run) {
    const doors = new Map(functions.map(one => [pathOf(one.module), servedBy(one)]))
    const filter = /\/functions\/http\/[\w-]+\.ts$|\/schemas\/routes(\/[\w-]+)?\.ts$/
    run.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, importer, pluginData }) => {
      const door = (pluginData as string | undefined) ?? importer
      const target = resolve(resolveDir, path)
      return doors.get(door) && filter.test(target)
        ? { path: target, suffix: `?${door}`, pluginData: door }
        : undefined
    })
    run.onLoad({ filter }, async ({ path, pluginData }) => {
      const served = doors.get(pluginData as string)
      if (!served) return undefined
      const source = await readFile(path, 'utf8')
      const [, subject] = /\/schemas\/routes\/(?!spec)([\w-]+)\.ts$/.exec(path) ?? []
      const table = subject?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
      const contents = table
        ? withoutTold(withRows(source, `${table}Routes`, row => served.has(row)))
        : source
      return { contents, loader: 'ts', resolveDir: dirname(path), pluginData: pluginData as string }
    })
  },
})

/**
 * Bundles `<folder>/<module>.ts` into `<outdir>/<name>/index.mjs`, emptying `outdir` first. Throws with the names of
 * modules that do not exist, and esbuild's own errors. Returns the bytes of each bundle by name.
 *
 * @param shared what several import is a file of its own beside them, names stay as they are: made in a fifth of the
 * time, for functions that are not deployed one by one
 */
export const bundleFunctions = async (
  functions: readonly FunctionOf[],
  folder: string,
  outdir: string,
  { shared = false }: { shared?: boolean } = {},
): Promise<ReadonlyMap<string, number>> => {
  const pathOf = (module: string) => resolve(folder, `${module}.ts`)
  const missing = functions.map(({ module }) => pathOf(module)).filter(path => !existsSync(path))
  if (missing.length > 0) throw new Error(`no such module: ${missing.join(', ')}`)
  await rm(outdir, { recursive: true, force: true })
  const built = (which: readonly FunctionOf[], ...plugins: Plugin[]) =>
    build({
      entryPoints: which.map(({ name, module }) => ({ in: pathOf(module), out: `${name}/index` })),
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      minify: !shared,
      splitting: shared,
      charset: 'utf8',
      format: 'esm',
      platform: 'node',
      target: 'node24',
      // esbuild's default for platform node prefers CommonJS, which cannot be shaken.
      mainFields: ['module', 'main'],
      plugins: [
        withoutUnused,
        onlyWhatItMay(which, pathOf),
        ...(shared ? [] : [onlyItsRoutes(which, pathOf)]),
        ...plugins,
      ],
      metafile: true,
      logLevel: 'silent',
    })
  const { outputs } = (await built(functions, ...(shared ? [] : [withoutJsonSchemas]))).metafile
  const outputOf = ({ name }: FunctionOf, of = outputs) =>
    Object.entries(of).find(([path]) => path.endsWith(`${name}/index.mjs`))?.[1]
  const writers = functions.filter(
    one =>
      !shared &&
      Object.entries(outputOf(one)?.inputs ?? {}).some(
        ([path, { bytesInOutput }]) => jsonSchemaModule.test(path) && bytesInOutput > 0,
      ),
  )
  const again = writers.length > 0 ? (await built(writers)).metafile.outputs : {}
  return new Map(
    functions.map(one => [one.name, (outputOf(one, again) ?? outputOf(one))?.bytes ?? 0]),
  )
}
