// One esbuild run for all functions: an ESM file each, with everything it imports and nothing else.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/**
 * Lambda hands credentials over in the environment. The SDK's default chain also knows profiles, SSO and metadata
 * services, which is a third of a bundle and of its cold start.
 */
const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(run) {
    run.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'environment-credentials',
      namespace: 'environment-credentials',
      pluginData: resolveDir,
    }))
    run.onLoad({ filter: /.*/, namespace: 'environment-credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'`,
      resolveDir: pluginData as string,
    }))
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
    plugins: [environmentCredentials],
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
