// What of a hub is watched, for its alarms and its dashboard.
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch'
import type { TableName } from '../functions/aws/tables.ts'
import type { Kept } from './capabilities.ts'
import { functionNameOf } from './doors.ts'
import type { HubFunction } from './functions.ts'

/** The hub that is watched: known by names and by what its stacks export, so that none of it waits for who watches. */
export type Watched = {
  readonly prefix: string
  /** What the hub is called. */
  readonly called: string
  readonly codes: readonly string[]
  readonly tables: Kept['tables']
  readonly indexesOf: (table: TableName) => readonly string[]
  readonly httpApi: IHttpApi
}

/** A metric that Lambda keeps of a function. */
export const functionMetric = (
  { prefix }: Watched,
  row: HubFunction,
  metricName: 'Errors' | 'Throttles' | 'Duration' | 'Invocations',
  props: MetricOptions,
): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionNameOf(prefix, row) },
    ...props,
  })
