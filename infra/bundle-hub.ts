// What is deployed, bundled: every function of the permission table, and beside one of them the console's files.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildConsole } from '../console/build.ts'
import { bundleFunctions } from './bundle.ts'
import { hubFunctions } from './functions.ts'

/** As `bundleFunctions` (bundle.ts), of the hub's own functions in the folder `sources`. */
export const bundleHub = async (
  sources: string,
  outdir: string,
  options: { shared?: boolean } = {},
): Promise<ReadonlyMap<string, number>> => {
  const [files, sizes] = await Promise.all([
    buildConsole(),
    bundleFunctions(hubFunctions, sources, outdir, options),
  ])
  // functions/console/get.ts reads the one at its first request, functions/hub/tell-console.ts the other.
  await writeFile(join(outdir, 'get-console/console.json'), JSON.stringify(files))
  const served = JSON.stringify({ manifest: files.files['manifest.json']?.sha256 })
  await writeFile(join(outdir, 'run-due-work/served.json'), served)
  return sizes
}
