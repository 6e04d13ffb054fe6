// Builds the console: its files as a hub serves them. The same sources make the same bytes, wherever they lie and
// whenever it is done (test/infra/console.whole.test.ts): who has the sources can hold a hub to them.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzipSync, gzip } from 'node:zlib'
import { build, type BuildOptions, type Metafile } from 'esbuild'
import { pagePath } from './src/pages.ts'
import { styles } from './style.ts'

/** One file, compressed both ways, in base64. */
export type ConsoleFile = {
  type: string
  /** Its name has its digest: it never changes. */
  immutable: boolean
  sha256: string
  br: string
  gz: string
}

/** What a hub needs to serve the console. */
export type ConsoleFiles = {
  files: Record<string, ConsoleFile>
  /** The file that is served for `/console` and for every page. */
  shell: string
  /** The paths below `/console/` that are pages, as a regular expression. */
  pages: string
}

/** Bytes that a browser loads, gzipped, before it shows the first page. */
export const firstLoadLimit = 60_000

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
}

const folder = import.meta.dirname
const sha256 = (bytes: Uint8Array, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(bytes).digest(encoding)
const integrity = (bytes: Uint8Array) =>
  `sha384-${createHash('sha384').update(bytes).digest('base64')}`

const hashed = (name: string, bytes: Uint8Array) =>
  name.replace('.', `-${sha256(bytes, 'hex').slice(0, 10)}.`)

type Named = { name: string; bytes: Uint8Array }
type Outputs = Metafile['outputs']
type Scripts = {
  /** What the shell starts. */
  main: Named
  /** What that imports at once, and what these import. */
  atOnce: Named[]
  /** Loaded when it is needed: the pages of a role, each with what it alone imports. */
  later: Named[]
  /** By each module that is imported when it is needed: the names of its file and of those that come with it. */
  filesOf: Record<string, string[]>
}

/** Esbuild's name for a file without what esbuild makes of paths: `chunk-4F2K.js` is `chunk.js`. */
const plainName = (path: string) => basename(path).replace(/-[A-Z0-9]{8}\.js$/, '.js')

/**
 * The files, each after all that it imports, for its bytes have their names.
 * @throws Error when two import each other: neither could have the other's digest in it
 */
const inOrder = (outputs: Outputs): string[] => {
  const done = new Set<string>()
  const add = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) throw new Error([...above, path].join(' imports '))
    if (done.has(path)) return
    for (const imported of outputs[path]?.imports ?? []) add(imported.path, [...above, path])
    done.add(path)
  }
  for (const path of Object.keys(outputs)) add(path, [])
  return [...done]
}

/** What a browser has to load before the first line of `path` is run. */
const loadedWith = (outputs: Outputs, path: string): string[] =>
  (outputs[path]?.imports ?? [])
    .filter(({ kind }) => kind === 'import-statement')
    .flatMap(imported => [imported.path, ...loadedWith(outputs, imported.path)])

/** Of all scripts. What a worker runs is one file by itself: nothing preloads what it would import. */
const common = {
  absWorkingDir: folder,
  outdir: join(folder, 'out'),
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions

/** What checks a log that somebody chose (src/worker/check-log.ts). */
const worker = async (): Promise<Named> => {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [{ in: join(folder, 'src/worker/check-log.ts'), out: 'check-log' }],
    // As main.tsx has it, and why: before Zod is loaded, which the order of imports would not be.
    banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
  })
  const bytes = new TextEncoder().encode(outputFiles[0]?.text ?? '')
  return { name: hashed('check-log.js', bytes), bytes }
}

/** Names have a digest of what is in the file, which esbuild's own would not be: those are made of paths too. */
const scripts = async (workerName: string): Promise<Scripts> => {
  const { outputFiles, metafile } = await build({
    entryPoints: [{ in: join(folder, 'src/main.tsx'), out: 'console' }],
    ...common,
    chunkNames: '[name]-[hash]',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: {
      'process.env.NODE_ENV': '"production"',
      // src/check-log.ts
      workerFile: JSON.stringify(`/console/${workerName}`),
    },
    metafile: true,
  })
  const { outputs } = metafile
  const texts = new Map(outputFiles.map(({ path, text }) => [relative(folder, path), text]))
  const made = new Map<string, Named>()
  for (const path of inOrder(outputs)) {
    const text = [...made].reduce(
      (told, [was, { name }]) => told.replaceAll(`"./${basename(was)}"`, `"./${name}"`),
      texts.get(path) ?? '',
    )
    const bytes = new TextEncoder().encode(text)
    made.set(path, { name: hashed(plainName(path), bytes), bytes })
  }
  const main = made.get('out/console.js')
  if (!main) throw new Error('esbuild made no out/console.js')
  const first = new Set(loadedWith(outputs, 'out/console.js'))
  const sorted = [...made]
    .filter(([, file]) => file !== main)
    .toSorted(([, one], [, other]) => (one.name < other.name ? -1 : 1))
  const imported = sorted.map(([path]) => path).filter(path => outputs[path]?.entryPoint)
  const filesWith = (path: string) =>
    [...new Set([path, ...loadedWith(outputs, path)].filter(one => !first.has(one)))].flatMap(
      one => made.get(one)?.name ?? [],
    )
  return {
    main,
    atOnce: sorted.filter(([path]) => first.has(path)).map(([, file]) => file),
    later: sorted.filter(([path]) => !first.has(path)).map(([, file]) => file),
    filesOf: Object.fromEntries(
      imported.map(path => [plainName(path).slice(0, -3), filesWith(path)]),
    ),
  }
}

/** So that a script's digest is held to also where another script imports it. */
const preload = ({ name, bytes }: Named) =>
  `<link rel="modulepreload" href="/console/${name}" integrity="${integrity(bytes)}" />`

/** Threads of Node.js compress: a second, in which the rest of a hub is built. */
const [compressBrotli, compressGzip] = [promisify(brotliCompress), promisify(gzip)]

const fileOf = async (
  name: string,
  bytes: Uint8Array,
  immutable: boolean,
): Promise<ConsoleFile> => {
  const [, extension = ''] = /\.(\w+)$/.exec(name) ?? []
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  const [br, gz] = await Promise.all([
    compressBrotli(bytes, { params }),
    compressGzip(bytes, { level: 9 }),
  ])
  return {
    type: types[extension as keyof typeof types],
    immutable,
    sha256: sha256(bytes, 'hex'),
    br: br.toString('base64'),
    gz: gz.toString('base64'),
  }
}

const gzipped = (file: ConsoleFile | undefined) => Buffer.from(file?.gz ?? '', 'base64')

/** Gzipped bytes of the first page: the shell, and what it names. */
export const firstLoad = ({ files, shell }: ConsoleFiles): number => {
  const page = gunzipSync(gzipped(files[shell])).toString()
  const named = Object.keys(files).filter(name => page.includes(`"/console/${name}"`))
  return [shell, ...named].reduce((sum, name) => sum + gzipped(files[name]).length, 0)
}

/** @throws esbuild's errors, and Error when the first page would be too large */
export const buildConsole = async (): Promise<ConsoleFiles> => {
  const checking = await worker()
  const [style, { main, atOnce, later, filesOf }, icon, page] = await Promise.all([
    styles(),
    scripts(checking.name),
    readFile(join(folder, 'icon.svg')),
    readFile(join(folder, 'shell.html'), 'utf8'),
  ])
  const names = { style: hashed('console.css', style), icon: hashed('icon.svg', icon) }
  const values: Record<string, string> = {
    ...names,
    script: main.name,
    'style-integrity': integrity(style),
    'script-integrity': integrity(main.bytes),
    preloads: atOnce.map(preload).join('\n    '),
    later: JSON.stringify(filesOf).replaceAll('"', '&quot;'),
  }
  const shell = page.replaceAll(/\{([\w-]+)\}/g, (place, name: string) => values[name] ?? place)
  const served: [string, Uint8Array, boolean][] = [
    ['index.html', new TextEncoder().encode(shell), false],
    [names.style, style, true],
    [names.icon, icon, true],
    ...[main, ...atOnce, ...later, checking].map(
      ({ name, bytes }): [string, Uint8Array, boolean] => [name, bytes, true],
    ),
  ]
  const manifest = {
    files: served.map(([name, bytes]) => ({
      path: name === 'index.html' ? '/console' : `/console/${name}`,
      bytes: bytes.length,
      sha256: sha256(bytes, 'hex'),
    })),
  }
  served.push([
    'manifest.json',
    new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`),
    false,
  ])
  const files = served.map(async ([name, ...rest]) => [name, await fileOf(name, ...rest)] as const)
  const made: ConsoleFiles = {
    files: Object.fromEntries(await Promise.all(files)),
    shell: 'index.html',
    pages: pagePath.source,
  }
  const weight = firstLoad(made)
  if (weight > firstLoadLimit)
    throw new Error(`the first page weighs ${weight} bytes, more than ${firstLoadLimit}`)
  return made
}
