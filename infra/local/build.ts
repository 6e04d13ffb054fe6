// Makes what a hub is made of before any hub starts (built.ts): for whoever starts many, as the tests do.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rate } from '../../events/rate.ts'
import { bundleFunctions } from '../bundle.ts'
import { hubFunctions } from '../functions.ts'
import { bundlesIn, templateIn } from './built.ts'
import { synthesize } from './template.ts'

const sources = join(import.meta.dirname, '../../functions')

/**
 * Fills `folder`, which is there and empty. Throws esbuild's errors, and those of the synthesis.
 *
 * @param rates how fast keys may go in the hubs that are to be started with it; others synthesize their template
 * themselves
 */
export const buildHub = async (folder: string, rates: readonly Rate[]): Promise<void> => {
  const template = async (rate: Rate) =>
    writeFile(templateIn(folder, rate), JSON.stringify(await synthesize(rate)))
  await Promise.all([
    bundleFunctions(hubFunctions, sources, bundlesIn(folder)),
    ...rates.map(template),
  ])
}
