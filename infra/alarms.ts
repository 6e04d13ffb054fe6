// What wakes somebody. What to do then stands in docs/operations.md, in the section that the alarm's description names.
import { tableNames } from '../functions/aws/tables.ts'
import { Duration, type Stack } from 'aws-cdk-lib'
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { FilterPattern, type ILogGroup, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Metric as Counted } from '../functions/aws/runtime.ts'
import { pascal } from './capabilities.ts'
import { defaultSeconds, logNameOf } from './doors.ts'
import { hubFunctions } from './functions.ts'
import { queueNameOf } from './inboxes.ts'
import { type Watched, functionMetric } from './watched.ts'

const period = Duration.minutes(5)
const sum = { period, statistic: 'Sum' } as const

/** A section of docs/operations.md, by its anchor. */
type Runbook =
  | 'parked-messages'
  | 'messages-that-wait'
  | 'a-function-fails'
  | 'a-function-is-throttled'
  | 'a-function-is-slow'
  | 'a-schedule-is-silent'
  | 'a-table-is-throttled'
  | 'answers-of-5xx'
  | 'a-permission-is-denied'
  | 'two-histories-of-the-log'
  | 'signature-failures'

type Said = { readonly says: string; readonly runbook: Runbook; readonly metric: IMetric }

/** What of a table can be throttled: itself, and each of its indexes. */
const throttlesOf = (table: string, indexes: readonly string[]): MathExpression => {
  const places = [{}, ...indexes.map(index => ({ GlobalSecondaryIndexName: index }))]
  const metrics = places.flatMap(place =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
      metricName =>
        new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap: { TableName: table, ...place },
          ...sum,
        }),
    ),
  )
  return new MathExpression({
    // What was never throttled has no metric at all.
    expression: metrics.map((_, i) => `FILL(m${i}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric])),
    period,
  })
}

/** Counts what AWS refuses a function: it stands in its log, by the error's name alone. */
const countDenials = (
  stack: Stack,
  id: string,
  { logGroup, namespace }: { logGroup: ILogGroup; namespace: string },
): MetricFilter =>
  new MetricFilter(stack, id, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.error', '=', 'AccessDenied*'),
    metricNamespace: namespace,
    metricName: 'Denials',
    metricValue: '1',
  })

/** Makes every alarm of a hub, each telling `topic` when it begins and when it is over. */
export const addAlarms = (stack: Stack, hub: Watched, topic: ITopic): void => {
  const namespace = `ReferralHub/${hub.called}`
  const counted = (metricName: Counted | 'Denials') => new Metric({ namespace, metricName, ...sum })

  const alarm = (id: string, { says, runbook, metric }: Said, props: Partial<AlarmProps> = {}) => {
    const made = new Alarm(stack, `${id}Alarm`, {
      alarmDescription: `${says} What to do: docs/operations.md#${runbook}`,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    })
    made.addAlarmAction(new SnsAction(topic))
    made.addOkAction(new SnsAction(topic))
  }

  for (const code of hub.codes) {
    const queue = (kind: 'inbox' | 'parked', metricName: string) =>
      new Metric({
        namespace: 'AWS/SQS',
        metricName,
        dimensionsMap: { QueueName: queueNameOf(hub.prefix, kind, code) },
        period,
        statistic: 'Maximum',
      })
    alarm(`Parked${code}`, {
      says: `${code} did not acknowledge a message in five deliveries: it is parked.`,
      runbook: 'parked-messages',
      metric: queue('parked', 'ApproximateNumberOfMessagesVisible'),
    })
    alarm(
      `Waiting${code}`,
      {
        says: `A message has waited for ${code} for three days: a weekend is over, and nobody pulls.`,
        runbook: 'messages-that-wait',
        metric: queue('inbox', 'ApproximateAgeOfOldestMessage'),
      },
      { threshold: Duration.days(3).toSeconds() },
    )
  }

  for (const row of hubFunctions) {
    const id = pascal(row.name)
    const logGroup = LogGroup.fromLogGroupName(stack, `${id}Log`, logNameOf(hub.prefix, row))
    const code = `functions/${row.module}.ts`
    alarm(`${id}Errors`, {
      says: `${code} threw or ran out of time.`,
      runbook: 'a-function-fails',
      metric: functionMetric(hub, row, 'Errors', sum),
    })
    alarm(`${id}Throttles`, {
      says: `${code} was not started: the account has no concurrency left.`,
      runbook: 'a-function-is-throttled',
      metric: functionMetric(hub, row, 'Throttles', sum),
    })
    const seconds = row.timeoutSeconds ?? defaultSeconds(row)
    alarm(
      `${id}Slow`,
      {
        says: `One in a hundred calls of ${code} takes more than four fifths of the ${seconds} s that it has.`,
        runbook: 'a-function-is-slow',
        metric: functionMetric(hub, row, 'Duration', { period, statistic: 'p99' }),
      },
      { threshold: seconds * 800, evaluationPeriods: 3, datapointsToAlarm: 2 },
    )
    if ('everyMinutes' in row.trigger)
      alarm(
        `${id}Silent`,
        {
          says: `${code} has not run for five minutes; it should run every minute.`,
          runbook: 'a-schedule-is-silent',
          metric: functionMetric(hub, row, 'Invocations', sum),
        },
        {
          threshold: 1,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          // A function that never runs reports nothing, and that is the case to hear of.
          treatMissingData: TreatMissingData.BREACHING,
        },
      )
    countDenials(stack, `${id}Denials`, { logGroup, namespace })
  }

  for (const name of tableNames)
    alarm(`${name}Throttles`, {
      says: `DynamoDB throttled the table ${name} or an index of it.`,
      runbook: 'a-table-is-throttled',
      metric: throttlesOf(hub.tables[name].tableName, hub.indexesOf(name)),
    })

  alarm('ServerErrors', {
    says: 'The API answered 5xx: a function failed or refused because the access log is stale.',
    runbook: 'answers-of-5xx',
    metric: hub.httpApi.metricServerError(sum),
  })
  alarm('Denials', {
    says: 'AWS refused a function something: a permission or a key is not as it was deployed, or somebody tries.',
    runbook: 'a-permission-is-denied',
    metric: counted('Denials'),
  })
  alarm('CheckpointForks', {
    says: 'An institution holds a checkpoint with the signature of the log that is not of this log: there are two histories.',
    runbook: 'two-histories-of-the-log',
    metric: counted('CheckpointForks'),
  })
  alarm(
    'SignatureFailures',
    {
      says: 'Requests that prove no caller: a partner whose clock or key has gone wrong, or somebody who tries.',
      runbook: 'signature-failures',
      metric: counted('SignatureFailures'),
    },
    // Some always come, from scanners; a system that signs wrongly passes this within minutes.
    { threshold: 100 },
  )
}
