// Makes what a hub is made of before it starts (built.ts): once for many, as the tests do, or for one, in a process of
// its own (build-apart.ts).
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rate } from '../../events/rate.ts'
import { bundleHub } from '../bundle-hub.ts'
import type { HubName } from '../../schemas/hub-name.ts'
import { bundlesIn, templateIn } from './built.ts'
import { synthesize } from './template.ts'

const sources = join(import.meta.dirname, '../../functions')

/**
 * Fills `folder`, which is there and empty. Throws esbuild's errors, and those of the synthesis.
 *
 * @param rates how fast keys may go in the hubs that are to be started with it; others synthesize their template
 * themselves
 * @param name of the hub; a local hub's when left out
 * @param declared the folder with the institutions; that of the checkout when left out
 * @param shared not as deployed, but made sooner (bundle.ts)
 */
export const buildHub = async (
  folder: string,
  rates: readonly Rate[],
  { name, declared, shared }: { name?: HubName; declared?: string; shared?: boolean } = {},
): Promise<void> => {
  const template = async (rate: Rate) =>
    writeFile(templateIn(folder, rate), JSON.stringify(await synthesize(rate, name, { declared })))
  await Promise.all([
    bundleHub(sources, bundlesIn(folder), { shared: shared ?? false }),
    ...rates.map(template),
  ])
}
