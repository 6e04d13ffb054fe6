// One esbuild run for all functions: an ESM file each, with everything it imports and nothing else.
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/**
 * What of the SDK no function reaches, and no bundler can know: our client (functions/aws/client.ts) reads a command's
 * input and shapes alone, registers the errors that it needs itself, and streams nothing. It is 90 kB of a bundle.
 */
const withoutUnused: Plugin = {
  name: 'without-unused-sdk',
  setup(run) {
    const changed = (filter: RegExp, change: (source: string) => string) =>
      run.onLoad({ filter }, async ({ path }) => ({
        contents: change(await readFile(path, 'utf8')),
      }))
    // Commands without the middleware that the SDK's own clients run.
    changed(/@aws-sdk\/client-\w+\/dist-es\/commandBuilder\.js$/, source => {
      const others = [...source.matchAll(/^export const (_\w+) =/gm)].map(([, name]) => name)
      return `export const command = (ep, mw, name, schema) => class {
        constructor(input) { this.input = input; this.schema = schema }
      }
      ${others.map(name => `export const ${name} = undefined`).join('\n')}`
    })
    // The SDK's own clients, which load what they may need as they run: a module that is loaded so is kept whole.
    changed(
      /@aws-sdk\/client-\w+\/dist-es\/runtimeConfig\.js$/,
      () => `export const getRuntimeConfig = () => { throw new Error('functions/aws/client.ts') }`,
    )
    // Every error that a service knows, and names of members that keep every shape: a bundler must take a name that is
    // computed for an effect.
    changed(/@aws-sdk\/client-\w+\/dist-es\/schemas\/schemas_0\.js$/, source => {
      const texts = new Map(
        [...source.matchAll(/^const (_\w+) = ("\w+");$/gm)].map(([, name, text]) => [name, text]),
      )
      return source
        .replaceAll(/^\w+_registry\.registerError\(.*\);$/gm, '')
        .replace(/(?<=^export const errorTypeRegistries = )\[[^\]]*\]/m, '[]')
        .replaceAll(
          /\[(_\w+)\]:/g,
          (all, name: string) => `${texts.get(name) ?? all.slice(0, -1)}:`,
        )
    })
    changed(/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/, () => 'export {}')
  },
}

/**
 * Bundles `<folder>/<module>.ts` into `<outdir>/<name>/index.mjs`, emptying `outdir` first. Throws with the names of
 * modules that do not exist, and esbuild's own errors. Returns the bytes of each bundle by name.
 */
export const bundleFunctions = async (
  functions: readonly { name: string; module: string }[],
  folder: string,
  outdir: string,
): Promise<ReadonlyMap<string, number>> => {
  const entries = functions.map(({ name, module }) => ({
    in: join(folder, `${module}.ts`),
    out: `${name}/index`,
  }))
  const missing = entries.map(entry => entry.in).filter(path => !existsSync(path))
  if (missing.length > 0) throw new Error(`no such module: ${missing.join(', ')}`)
  await rm(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: entries,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // esbuild's default for platform node prefers CommonJS, which cannot be shaken.
    mainFields: ['module', 'main'],
    plugins: [withoutUnused],
    metafile: true,
    logLevel: 'silent',
  })
  return new Map(
    functions.map(({ name }) => {
      const output = Object.entries(metafile.outputs).find(([path]) =>
        path.endsWith(`${name}/index.mjs`),
      )
      return [name, output?.[1].bytes ?? 0]
    }),
  )
}
