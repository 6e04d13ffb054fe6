// Builds a hub in a process of its own, which takes with it what the CDK and esbuild hold: a hub runs for days, and
// would keep a hundred MiB for the one second that they are needed.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Rate } from '../../events/rate.ts'
import type { HubName } from '../../schemas/hub-name.ts'
import { modulesIn, templateIn } from './built.ts'
import { parseTemplate, type Template } from './template.ts'

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** What a build that failed says: its error, not the stack below it. */
const reasonOf = ({ stderr = '', message }: Error & { stderr?: string }): string =>
  stderr.split('\n').find(line => /error/i.test(line)) ?? message

/**
 * The template and the bundled functions of a hub called `name`, with the institutions of the folder `declared`, built
 * into `folder`, which is emptied. `moduleOf` has
 * the functions once the template is there, which rejects when the build fails. `remove` takes the folder away.
 */
export const buildApart = (
  folder: string,
  rate: Rate,
  { name, declared }: { name: HubName; declared?: string | undefined },
): {
  template: Promise<Template>
  moduleOf: (entry: string) => string
  remove: () => Promise<void>
} => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const built = promisify(execFile)(process.execPath, [
    '--import',
    pathOf('../../bin/require-node.mjs'),
    pathOf('./build-process.ts'),
    folder,
    String(rate.perSecond),
    String(rate.burst),
    name,
    ...(declared === undefined ? [] : [declared]),
  ])
  const template = built.then(
    () => parseTemplate(JSON.parse(readFileSync(templateIn(folder, rate), 'utf8'))),
    (error: Error) => {
      throw new Error(`the hub cannot be built: ${reasonOf(error)}`)
    },
  )
  return {
    template,
    moduleOf: modulesIn(folder),
    remove: async () => {
      built.child.kill()
      await template.catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
