// One page that shows how a hub does: what it answers, what waits, what fails, what it is told.
import { Duration, type Stack } from 'aws-cdk-lib'
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Metric as Counted } from '../functions/aws/runtime.ts'
import { hubFunctions } from './functions.ts'
import { type Watched, functionMetric } from './watched.ts'

const period = Duration.minutes(5)
const sum = { period, statistic: 'Sum' } as const
const counts = ['SignatureFailures', 'RateLimited', 'CheckpointForks'] as const satisfies Counted[]

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 })

/** @param name what it is called: as the stack that keeps the hub's data */
export const addDashboard = (stack: Stack, hub: Watched, name: string): Dashboard => {
  /** A line for each queue of the hub of that kind, by its name: institutions come without a change here. */
  const queues = (kind: 'inbox' | 'parked', metric: string) =>
    new MathExpression({
      expression: `SEARCH('{AWS/SQS,QueueName} "${hub.prefix}-${kind}" MetricName="${metric}"', 'Maximum', 300)`,
      usingMetrics: {},
      label: '',
      period,
    })
  const functions = (of: 'Errors' | 'Throttles' | 'Duration') =>
    hubFunctions.map(row =>
      functionMetric(hub, row, of, {
        ...(of === 'Duration' ? { period, statistic: 'p99' } : sum),
        label: row.name,
      }),
    )
  const api = hub.httpApi
  return new Dashboard(stack, 'Dashboard', {
    dashboardName: name,
    widgets: [
      [
        graph('Answers', [
          api.metricCount(sum),
          api.metricClientError(sum),
          api.metricServerError(sum),
        ]),
        graph('Latency, a pull that waits among them (ms)', [
          api.metricLatency({ period, statistic: 'p50', label: 'p50' }),
          api.metricLatency({ period, statistic: 'p99', label: 'p99' }),
        ]),
      ],
      [
        graph('Age of the oldest message (s)', [queues('inbox', 'ApproximateAgeOfOldestMessage')]),
        graph('Parked messages', [queues('parked', 'ApproximateNumberOfMessagesVisible')]),
      ],
      [
        graph('Functions that failed', functions('Errors')),
        graph('Functions that were not started', functions('Throttles')),
      ],
      [
        graph('Functions: one in a hundred takes longer (ms)', functions('Duration')),
        graph(
          'Signatures that fail, keys too fast, forks',
          counts.map(
            metricName =>
              new Metric({ namespace: `ReferralHub/${hub.called}`, metricName, ...sum }),
          ),
        ),
      ],
    ],
  })
}
