// Clock, ids and environment: the only place where functions touch them.
import { randomBytes } from 'node:crypto'
import { HubName } from '../../schemas/hub-name.ts'
import type { Instant } from '../../schemas/ids.ts'

/** The hub's clock. Everything that asks for the time asks here. */
export const now = (): Instant => new Date().toISOString() as Instant

/** UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds (`at`), then random. Sorts by when it was made. */
export const newId = <T extends string>(at = Date.now()): T => {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-') as T
}

/** Sorts after every id made before that moment (ms since 1970), and before most made later. */
export const idAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** A setting that the deployment gives this function (infra/functions.ts). Absent is a fault of the deployment. */
export const env = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`the environment has no ${name}`)
  return value
}

/** What may be set in the environment. Empty is not set. */
export const envIfSet = (name: string): string | undefined => process.env[name] || undefined

/** A setting that is a whole number from 1. */
export const envCount = (name: string): number => {
  const value = Number(env(name))
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} must be a whole number from 1`)
  return value
}

/** What the deployment calls the hub. */
export const hubName = (): HubName => HubName.parse(env('HUB_NAME'))

/** One line of the operational log: codes, ids and durations only. Errors are named, never quoted. */
export const log = (
  level: 'info' | 'warn' | 'error',
  what: string,
  facts: Record<string, string | number | boolean | undefined> = {},
): void => {
  process.stdout.write(`${JSON.stringify({ level, time: now(), what, ...facts })}\n`)
}

/** Metrics that the hub counts, in a namespace of its name (infra/alarms.ts watches them): hubs share an account. */
export type Metric = 'SignatureFailures' | 'RateLimited' | 'CheckpointForks'

/**
 * Counts one, in all and by `code`, with a line of the operational log that CloudWatch makes the metric from (Embedded
 * Metric Format): no call and no permission. `facts` can be searched for and are no dimensions: a dimension that
 * strangers choose would cost a metric each.
 */
export const countOne = (
  metric: Metric,
  code: string,
  facts: Record<string, string | undefined>,
): void => {
  const time = now()
  const line = {
    _aws: {
      Timestamp: Date.parse(time),
      CloudWatchMetrics: [
        {
          Namespace: `ReferralHub/${process.env['HUB_NAME']}`,
          Dimensions: [[], ['code']],
          Metrics: [{ Name: metric, Unit: 'Count' }],
        },
      ],
    },
    level: 'warn',
    time,
    what: 'refusal',
    code,
    [metric]: 1,
    ...facts,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
