// Builds the console: its files as a hub serves them. The same sources make the same bytes, wherever they lie and
// whenever it is done (test/console/build.test.ts): who has the sources can hold a hub to them.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { pagePath } from './src/pages.ts'

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

/**
 * The stylesheet of the GOV.UK Design System without what is not ours to use outside of GOV.UK, or would be loaded from
 * somewhere: its fonts, and its pictures.
 * @throws Error when something that a browser would load is left
 */
const plainStyle = (css: string): string => {
  const plain = css
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?\s*,\s*arial\s*,\s*sans-serif/gi, 'system-ui,sans-serif')
    .replaceAll(/[\w-]+:url\([^)]*\)[^;}]*;?/g, '')
  const left = /url\(|@import|GDS Transport/i.exec(plain)
  if (left) throw new Error(`the stylesheet still has ${left[0]}`)
  return plain
}

const styles = async (): Promise<Uint8Array> => {
  const design = createRequire(import.meta.url).resolve(
    'govuk-frontend/dist/govuk/govuk-frontend.min.css',
  )
  const own = await build({
    entryPoints: [join(folder, 'src/console.css')],
    minify: true,
    write: false,
    logLevel: 'silent',
  })
  const text = `${plainStyle(await readFile(design, 'utf8'))}\n${own.outputFiles[0]?.text ?? ''}`
  return new TextEncoder().encode(text)
}

const isAtOnce = ({ kind, external }: { kind: string; external?: boolean }) =>
  kind === 'import-statement' && !external

const hashed = (name: string, bytes: Uint8Array) =>
  name.replace('.', `-${sha256(bytes, 'hex').slice(0, 10)}.`)

type Named = { name: string; bytes: Uint8Array }

/**
 * The page's script first, then what it loads later. Names have a digest of what is in them, which esbuild's own would
 * not be: those are made of paths too.
 * @throws Error when what a browser loads at once is more than one file, for the shell has the digest of one
 */
const scripts = async (): Promise<[Named, ...Named[]]> => {
  const { outputFiles, metafile } = await build({
    entryPoints: [{ in: join(folder, 'src/main.tsx'), out: 'console' }],
    outdir: join(folder, 'out'),
    chunkNames: '[name]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  if (Object.values(metafile.outputs).some(({ imports }) => imports.some(isAtOnce)))
    throw new Error('the page’s script is more than one file')
  const files = outputFiles.map(({ path, text }) => ({ name: basename(path), text }))
  const later = files
    .filter(({ name }) => name !== 'console.js')
    .map(({ name, text }) => {
      const bytes = new TextEncoder().encode(text)
      return { was: name, name: hashed(name, bytes), bytes }
    })
    .toSorted((one, other) => (one.was < other.was ? -1 : 1))
  const text = later.reduce(
    (told, { was, name }) => told.replaceAll(`"./${was}"`, `"./${name}"`),
    files.find(({ name }) => name === 'console.js')?.text ?? '',
  )
  const bytes = new TextEncoder().encode(text)
  return [{ name: hashed('console.js', bytes), bytes }, ...later]
}

const fileOf = (name: string, bytes: Uint8Array, immutable: boolean): ConsoleFile => {
  const [, extension = ''] = /\.(\w+)$/.exec(name) ?? []
  return {
    type: types[extension as keyof typeof types],
    immutable,
    sha256: sha256(bytes, 'hex'),
    br: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }).toString('base64'),
    gz: gzipSync(bytes, { level: 9 }).toString('base64'),
  }
}

/** Gzipped bytes of the first page: shell, stylesheet, script. */
export const firstLoad = ({ files, shell }: ConsoleFiles): number =>
  Object.entries(files)
    .filter(([name]) => name === shell || name.startsWith('console-'))
    .reduce((sum, [, { gz }]) => sum + Buffer.from(gz, 'base64').length, 0)

/** @throws esbuild's errors, and Error when the first page would be too large */
export const buildConsole = async (): Promise<ConsoleFiles> => {
  const [style, [script, ...later], icon, page] = await Promise.all([
    styles(),
    scripts(),
    readFile(join(folder, 'icon.svg')),
    readFile(join(folder, 'shell.html'), 'utf8'),
  ])
  const names = { style: hashed('console.css', style), icon: hashed('icon.svg', icon) }
  const values: Record<string, string> = {
    ...names,
    script: script.name,
    'style-integrity': integrity(style),
    'script-integrity': integrity(script.bytes),
  }
  const shell = page.replaceAll(/\{([\w-]+)\}/g, (place, name: string) => values[name] ?? place)
  const served: [string, Uint8Array, boolean][] = [
    ['index.html', new TextEncoder().encode(shell), false],
    [names.style, style, true],
    [names.icon, icon, true],
    ...[script, ...later].map(({ name, bytes }): [string, Uint8Array, boolean] => [
      name,
      bytes,
      true,
    ]),
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
  const made: ConsoleFiles = {
    files: Object.fromEntries(served.map(([name, ...rest]) => [name, fileOf(name, ...rest)])),
    shell: 'index.html',
    pages: pagePath.source,
  }
  const weight = firstLoad(made)
  if (weight > firstLoadLimit)
    throw new Error(`the first page weighs ${weight} bytes, more than ${firstLoadLimit}`)
  return made
}
