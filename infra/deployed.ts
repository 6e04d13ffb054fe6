// What the deployed hub is called, and that a deployment does not change it unawares.
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { HubName } from '../schemas/hub-name.ts'

/** `infra/deployed.json`: written after the first deployment (remember.ts), and committed. */
export const Deployed = z.strictObject({ name: HubName, authority: z.string().min(1) })
export type Deployed = z.infer<typeof Deployed>

export const deployedFile = new URL('./deployed.json', import.meta.url)

/** What was deployed from this checkout, if anything was. Throws where the file is not what was written. */
export const readDeployed = (file = deployedFile): Deployed | undefined =>
  existsSync(file) ? Deployed.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined

/** Why nothing is synthesized, and what to do: shown as it is. */
export class NameError extends Error {
  override readonly name = 'NameError'
}

/** What a deployment may say of the hub's name: context values, on the command line. */
export type Naming = {
  name?: string | undefined
  authority?: string | undefined
  /** The name that the deployed hub has, from whoever means to change it. */
  renameFrom?: string | undefined
}

/**
 * What the hub is called, and the host that callers sign: as given; else as it was deployed; else the name follows the
 * authority, and that is the API's own host (undefined).
 *
 * @throws NameError where the name would become another one, and nobody said that it should
 */
export const nameOf = (
  { name, authority, renameFrom }: Naming,
  deployed: Deployed | undefined,
): { name?: HubName; authority?: string } => {
  const host = authority ?? deployed?.authority
  const given = name ?? authority
  const called = given === undefined ? deployed?.name : named(given)
  if (deployed && called !== deployed.name && renameFrom !== deployed.name)
    throw new NameError(
      `The deployed hub is called ${deployed.name}; this would call it ${called}. Its log would become another log (origin), its events ` +
        `those of another source, and every checkpoint, proof and cosignature that partners keep would not fit it any more. ` +
        `To keep the name: -c name=${deployed.name}. To change it all the same: -c renameFrom=${deployed.name}`,
    )
  return { ...(called && { name: called }), ...(host !== undefined && { authority: host }) }
}

const named = (text: string): HubName => {
  const parsed = HubName.safeParse(text)
  if (!parsed.success)
    throw new NameError(
      `${JSON.stringify(text)} cannot be what a hub is called: a host in lower case, with a port and a path if it needs them ` +
        `(hub.example.org, hub.example.org/trial). Give -c name=…`,
    )
  return parsed.data
}
