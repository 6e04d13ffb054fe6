// What wakes somebody. What to do then stands in docs/operations.md under the alarm's id.
import { Duration, type Stack } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Metric as Counted } from '../functions/aws/runtime.ts'
import { type Kept, pascal } from './capabilities.ts'
import type { HubFunction } from './functions.ts'

const period = Duration.minutes(5)

/**
 * Alarms over five minutes each: parked messages, failing functions, silent schedules, the API's own failures, two
 * histories of the log, and forgeries.
 */
export const addAlarms = (
  stack: Stack,
  { inboxes }: Kept,
  functions: readonly { row: HubFunction; target: LambdaFunction }[],
  { httpApi, name }: { httpApi: HttpApi; name: string },
): void => {
  const alarm = (
    id: string,
    alarmDescription: string,
    metric: Metric,
    props: Partial<AlarmProps> = {},
  ) =>
    new Alarm(stack, id, {
      alarmDescription,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    })

  for (const { code, parked } of inboxes)
    alarm(
      `Parked${code}Alarm`,
      `${code} did not acknowledge a message in five deliveries: it is parked and waits for redrive.`,
      parked.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
    )

  for (const { row, target } of functions) {
    const id = pascal(row.name)
    alarm(
      `${id}ErrorsAlarm`,
      `functions/${row.module}.ts threw or ran out of time.`,
      target.metricErrors({ period, statistic: 'Sum' }),
    )
    if ('everyMinutes' in row.trigger)
      alarm(
        `${id}SilentAlarm`,
        `functions/${row.module}.ts has not run for five minutes; it should run every minute.`,
        target.metricInvocations({ period, statistic: 'Sum' }),
        {
          threshold: 1,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          // A function that never runs reports nothing, and that is the case to hear of.
          treatMissingData: TreatMissingData.BREACHING,
        },
      )
  }

  alarm(
    'ServerErrorsAlarm',
    'The API answered 5xx: a function failed or refused because the access log is stale.',
    httpApi.metricServerError({ period, statistic: 'Sum' }),
  )

  alarm(
    'CheckpointForksAlarm',
    'An institution holds a checkpoint with the signature of the log that is not of this log: there are two histories.',
    new Metric({
      namespace: `ReferralHub/${name}`,
      metricName: 'CheckpointForks' satisfies Counted,
      period,
      statistic: 'Sum',
    }),
  )

  alarm(
    'SignatureFailuresAlarm',
    'Requests that prove no caller: a partner whose clock or key has gone wrong, or somebody who tries.',
    // Written by functions/aws/runtime.ts `countOne`.
    new Metric({
      namespace: `ReferralHub/${name}`,
      metricName: 'SignatureFailures' satisfies Counted,
      period,
      statistic: 'Sum',
    }),
    // Some always come, from scanners; a system that signs wrongly passes this within minutes.
    { threshold: 100 },
  )
}
