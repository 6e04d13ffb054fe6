// The console as this repository builds it: its manifest. The build is reproducible, so a hub of this version serves
// these very bytes.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const build = async (): Promise<Buffer> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', pathOf('../require-node.mjs'), pathOf('../../console/print-manifest.ts')],
    { encoding: 'buffer', maxBuffer: 10_000_000 },
  )
  return stdout
}

let built: Promise<Buffer> | undefined

/**
 * Built once in a process, which lives no longer than a command: two seconds, and a build that failed is not kept.
 *
 * @throws Error where the console cannot be built: its sources or its bundler are not here
 */
export const builtManifest = (): Promise<Buffer> =>
  (built ??= build().catch((error: unknown) => {
    built = undefined
    throw error
  }))
