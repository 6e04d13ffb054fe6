// A deployment of the stage `trial` into an account that is a server on loopback, with a CLI that only notes its calls.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { deployStage } from '../../infra/deploy.ts'
import { Settings } from '../../infra/stage.ts'
import { awsServer } from '../functions/aws/aws-server.ts'

export const outputs = { HubName: 'hub.ngo.gt', Authority: 'hub.ngo.gt' }

const stageOf = (said: object) => ({
  stage: 'trial',
  settings: Settings.parse({
    authority: 'hub.ngo.gt',
    rate: { perSecond: 200, burst: 400 },
    alarms: { emails: [] },
    ...said,
  }),
})
const remembered = new URL('../../infra/deployed/trial.json', import.meta.url)
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'operator')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(remembered, { force: true })
})

export const answer = (status: string, has: Record<string, string>) => {
  const members = Object.entries(has).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  )
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>ReferralHub-trial</StackName><StackStatus>${status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
}
export const none =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ReferralHub-trial does not exist</Message></Error></ErrorResponse>'

/** Deploys into an account that answers so; `ends` are the CLI's exit codes. */
export const deploying = async (
  said: object,
  body: string,
  { status = 200, ends = [0, 0] } = {},
) => {
  const { endpoint } = await awsServer(response =>
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body),
  )
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint)
  const ran: string[] = []
  const run = (args: readonly string[]) => {
    ran.push(args.slice(0, 3).join(' '))
    const file = args[args.indexOf('--outputs-file') + 1] ?? ''
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ 'ReferralHub-trial-Doors': outputs }))
    return Promise.resolve(ends[ran.length - 1] ?? 1)
  }
  const exit = deployStage(stageOf(said), {}, { run })
  return { exit: await exit.catch((error: unknown) => error), ran }
}
