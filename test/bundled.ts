// Folders that must run in a browser, bundled for one: which packages come along, and the bundle run where nothing of
// Node is.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The bundle of all that the files export. Importing a module of Node fails the build. */
export const bundled = async (...files: string[]) => {
  const { metafile, outputFiles } = await build({
    stdin: {
      contents: files.map(file => `export * from './${file}'`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'bundle',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'silent',
  })
  const inputs = Object.keys(metafile.inputs)
  const packages = inputs
    .map(file => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
    .filter(name => name !== undefined)
  return {
    packages: [...new Set(packages)].toSorted((one, other) => (one < other ? -1 : 1)),
    /** Our own files, by their path in the repository. */
    own: inputs.filter(file => !file.includes('node_modules/') && !file.startsWith('<')).toSorted(),
    text: outputFiles[0]?.text ?? '',
  }
}

/** All files of a folder. */
export const filesOf = (folder: string): string[] =>
  readdirSync(`${root}${folder}`)
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name}`)

/** What browsers, Deno and Node 20 have in common: no Buffer, no process, no require. */
const webGlobals = [
  'crypto',
  'TextEncoder',
  'TextDecoder',
  'btoa',
  'atob',
  'URL',
  'Headers',
  'Uint8Array',
  'ArrayBuffer',
]
const web = Object.fromEntries(webGlobals.map(name => [name, Reflect.get(globalThis, name)]))

/** Runs an expression over a `bundle` where there is nothing but the web’s own globals. */
export const inBrowser = async (
  { text }: { text: string },
  expression: string,
  given: Record<string, unknown> = {},
): Promise<unknown> => runInContext(`${text};(${expression})`, createContext({ ...web, given }))
