// What the deployed hub is called, and that a deployment does not change it unawares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { HubName } from '../schemas/hub-name.ts'
import { StageError } from './stage.ts'

/** `infra/deployed/STAGE.json`: written after a deployment, and committed. */
export const Deployed = z.strictObject({ name: HubName, authority: z.string().min(1) })
export type Deployed = z.infer<typeof Deployed>

const folder = new URL('./deployed/', import.meta.url)
const fileOf = (stage: string, from: URL) => new URL(`${stage}.json`, from)

/**
 * What was deployed as this stage from this checkout, if anything was. Throws where the file is not what was written.
 */
export const readDeployed = (stage: string, from = folder): Deployed | undefined => {
  const file = fileOf(stage, from)
  return existsSync(file) ? Deployed.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** Keeps what was deployed, if it is not what is kept. Whether it wrote. */
export const remember = (stage: string, deployed: Deployed, into = folder): boolean => {
  const before = readDeployed(stage, into)
  if (before?.name === deployed.name && before.authority === deployed.authority) return false
  mkdirSync(into, { recursive: true })
  writeFileSync(fileOf(stage, into), `${JSON.stringify(deployed, null, 2)}\n`)
  return true
}

/** What a deployment may say of the hub: its stage's settings, and what the command line says beside them. */
export type Naming = {
  name?: string | undefined
  authority?: string | undefined
  /** The name that the deployed hub has, from whoever means to change it. */
  renameFrom?: string | undefined
  /** The authority that the deployed hub has, from whoever means to change it. */
  authorityFrom?: string | undefined
}

/**
 * What the hub is called, and the host that callers sign: as given; else as it was deployed; else the name follows the
 * authority, and that is the API's own host (undefined).
 *
 * @throws StageError where either would become another one, and nobody said that it should
 */
export const nameOf = (
  { name, authority, renameFrom, authorityFrom }: Naming,
  deployed: Deployed | undefined,
): { name?: HubName; authority?: string } => {
  const host = authority ?? deployed?.authority
  // A hub that is deployed has the name that it has, whatever host it moves to.
  const given = name ?? deployed?.name ?? authority
  const called = given === undefined ? undefined : named(given)
  if (deployed && called !== deployed.name && renameFrom !== deployed.name)
    throw new StageError(
      `The deployed hub is called ${deployed.name}; this would call it ${called}. Its log would become another log (origin), its events ` +
        `those of another source, and every checkpoint, proof and cosignature that partners keep would not fit it any more. ` +
        `To keep the name: "name": "${deployed.name}" in the stage's file. To change it all the same: --rename-from ${deployed.name}`,
    )
  if (deployed && host !== deployed.authority && authorityFrom !== deployed.authority)
    throw new StageError(
      `Callers of the deployed hub sign the authority ${deployed.authority}; this would make it ${host}. Every request that is signed ` +
        `for the old one would be refused from then on. To keep it: "authority": "${deployed.authority}" in the stage's file. ` +
        `To change it all the same, once partners know: --authority-from ${deployed.authority}`,
    )
  return { ...(called && { name: called }), ...(host !== undefined && { authority: host }) }
}

const named = (text: string): HubName => {
  const parsed = HubName.safeParse(text)
  if (!parsed.success)
    throw new StageError(
      `${JSON.stringify(text)} cannot be what a hub is called: a host in lower case, with a port and a path if it needs them ` +
        `(hub.example.org, hub.example.org/trial). Give "name" in the stage's file`,
    )
  return parsed.data
}
