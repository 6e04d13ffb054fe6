// What a hub is made of, made beforehand (build.ts): the synthesized template and every function bundled as it is
// deployed. A hub that is started with HUB_BUILT set to such a folder loads these, instead of synthesizing and of
// reading a few hundred sources for each function.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultRate, type Rate } from '../../events/rate.ts'
import { hubFunctions } from '../functions.ts'

const root = new URL('../../', import.meta.url)

export const bundlesIn = (folder: string): string => join(folder, 'functions')
/** The template of a hub whose keys go at most that fast. */
export const templateIn = (folder: string, { perSecond, burst }: Rate): string =>
  join(folder, `template.${perSecond}-${burst}.json`)

export const builtFolder = (): string | undefined => process.env['HUB_BUILT'] || undefined

/** The template as JSON, if this process was told of a folder that has it for this rate. */
export const builtTemplate = (rate: Rate = defaultRate): unknown => {
  const folder = builtFolder()
  if (folder === undefined || !existsSync(templateIn(folder, rate))) return undefined
  return JSON.parse(readFileSync(templateIn(folder, rate), 'utf8'))
}

/** What is loaded for the module that the template calls `entry`, as a file: URL: its bundle in `folder`. */
export const modulesIn =
  (folder: string) =>
  (entry: string): string => {
    const row = hubFunctions.find(({ module }) => entry === `functions/${module}.ts`)
    const file = join(bundlesIn(folder), row?.name ?? '', 'index.mjs')
    if (!row || !existsSync(file))
      throw new Error(`the hub built in ${folder} has no bundle of ${entry}`)
    return pathToFileURL(file).href
  }

/**
 * What is loaded for the module that the template calls `entry` (`functions/referral/post.ts`), as a file: URL: its
 * bundle where this process was told of a folder, else its source. Throws when the folder does not have it.
 */
export const moduleOf = (entry: string): string => {
  const folder = builtFolder()
  return folder === undefined ? new URL(entry, root).href : modulesIn(folder)(entry)
}
