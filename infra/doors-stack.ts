// What works on what the hub keeps (data-stack.ts): functions with their roles, the API in front of them, schedules.
// Nothing in it holds data, so that it may be changed, deleted and made again.
import { type CfnElement, CfnOutput, Stack } from 'aws-cdk-lib'
import type { HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Construct } from 'constructs'
import { type Rate, defaultRate } from '../events/rate.ts'
import type { HubName } from '../schemas/hub-name.ts'
import type { Kept } from './capabilities.ts'
import type { DataStack } from './data-stack.ts'
import { addDomain } from './domain.ts'
import { hubApi, hubFunction, limitRoutes, onRoutes, onSchedule } from './doors.ts'
import { type Restored, importedFrom } from './exports.ts'
import { hubFunctions } from './functions.ts'
import { plainId } from './logical-ids.ts'
import type { Domain } from './stage.ts'

export type DoorsStackProps = {
  /** What they work on. */
  readonly data: DataStack
  /** Public host[:port] that callers sign as `@authority` (RFC 9421 §2.2.3). Default: the API's own. */
  readonly authority?: string
  /** Has the API answer for the authority, and for nothing else. Default: for its own host. */
  readonly domain?: Domain
  /** What the log, the events and the problems are named after (schemas/hub-name.ts). Default: the authority. */
  readonly name?: HubName
  /** How fast one key may go, over all routes. Default: `defaultRate`. */
  readonly rate?: Rate
  /** Tables that stand in for those of `data`. */
  readonly restored?: Restored
  /** Folder with `<name>/index.mjs` for each function; without it a placeholder stands in. */
  readonly bundles?: string
}

/** What the API's id is exported as. */
export const apiExport = (stack: string): string => `${stack}:ApiId`

export class DoorsStack extends Stack {
  readonly kept: Kept
  /** What the hub is called: a HubName, or what becomes one when it is deployed. */
  readonly called: string

  constructor(scope: Construct, id: string, props: DoorsStackProps) {
    super(scope, id, { description: 'Consent-gated, provable referrals between institutions' })
    const { data, bundles } = props
    const { prefix } = data
    this.addStackDependency(data, 'what it imports')
    const [first = ''] = data.codes
    this.kept = importedFrom(data.stackName, {
      prefix,
      first,
      ...(props.restored && { restored: props.restored }),
    })
    const rate = props.rate ?? defaultRate
    const api = hubApi(this, prefix, { rate, ownHost: !props.domain })
    const authority = props.authority ?? api.ownAuthority()
    if (props.domain) addDomain(this, { host: authority, domain: props.domain }, api)
    this.called = props.name ?? authority
    const settings = { prefix, authority, name: this.called, rate }
    const routes: HttpRoute[] = []
    for (const row of hubFunctions) {
      const target = hubFunction(this, row, this.kept, settings, bundles)
      if ('routes' in row.trigger) routes.push(...onRoutes(api.httpApi, row.trigger.routes, target))
      else onSchedule(this, `${row.name}-schedule`, row.trigger.everyMinutes, target)
    }
    limitRoutes(api.stage, routes, rate)

    const output = (name: string, value: string, exportName?: string) =>
      new CfnOutput(this, name, { value, ...(exportName !== undefined && { exportName }) })
    output('Url', props.domain ? `https://${authority}` : api.httpApi.apiEndpoint)
    output('HubName', this.called)
    output('Authority', authority)
    output('DirectoryTable', this.kept.tables.Directory.tableName)
    output('AccessLogTable', this.kept.tables.AccessLog.tableName)
    output('ApiId', api.httpApi.apiId, apiExport(this.stackName))
  }

  protected override allocateLogicalId(element: CfnElement): string {
    return plainId(this, element)
  }
}
