// After `npm run deploy`: what was deployed, kept beside what deploys it, so that the next deployment does not change
// it unawares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Deployed, deployedFile, readDeployed } from './deployed.ts'

/** What the CLI writes with `--outputs-file`: the outputs of each stack. */
const Outputs = z.object({ ReferralHub: z.object({ HubName: z.string(), Authority: z.string() }) })

/** What the outputs of a deployment say of the hub. Throws where they do not say it. */
export const deployedIn = (outputs: string): Deployed => {
  const { HubName: name, Authority: authority } = Outputs.parse(JSON.parse(outputs)).ReferralHub
  return Deployed.parse({ name, authority })
}

if (import.meta.main) {
  const outputs = join(import.meta.dirname, '../cdk.out/outputs.json')
  if (existsSync(outputs)) {
    const deployed = deployedIn(readFileSync(outputs, 'utf8'))
    const before = readDeployed()
    if (before?.name !== deployed.name || before.authority !== deployed.authority) {
      writeFileSync(deployedFile, `${JSON.stringify(deployed, null, 2)}\n`)
      console.log(`infra/deployed.json: the hub is called ${deployed.name}. Commit this file.`)
    }
  }
}
