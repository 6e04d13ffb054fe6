// What AWS costs: list prices in us-east-1, US$, without free tiers and taxes. Each was read on the day at its source,
// or in what is written about it where the source fills its tables in only when it is opened.

const page = (path: string) => `https://aws.amazon.com/${path}/pricing/`

/** US$ for one of what the name says; a month where it is kept. */
export const prices = {
  of: '2026-11-26',
  region: 'us-east-1',
  writeUnit: 0.625 / 1_000_000,
  readUnit: 0.125 / 1_000_000,
  tableGb: 0.25,
  backupGb: 0.2,
  symmetricOrHmac: 0.03 / 10_000,
  signature: 0.15 / 10_000,
  key: 1,
  queueRequest: 0.5 / 1_000_000,
  apiRequest: 1 / 1_000_000,
  functionRequest: 0.2 / 1_000_000,
  gbSecond: 0.0000133334,
  logGb: 0.5,
  alarm: 0.1,
  dashboard: 3,
} as const

type Price = Exclude<keyof typeof prices, 'of' | 'region'>

/** Where each stands, and where it was read on that day. */
export const sources: readonly {
  readonly prices: readonly Price[]
  readonly source: string
  readonly read: string
}[] = [
  {
    prices: ['writeUnit', 'readUnit'],
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    read: 'there, and as what they are since the cut of November 2024',
  },
  {
    prices: ['tableGb', 'backupGb'],
    source: page('dynamodb'),
    read: 'what Infracost prints from AWS’s price list, of before the cut, which was of requests alone',
  },
  { prices: ['symmetricOrHmac', 'key'], source: page('kms'), read: 'there' },
  {
    prices: ['signature'],
    source: page('kms'),
    read: 'https://www.factualminds.com/blog/aws-kms-pricing-keys-requests-multi-region/ (June 2026): five times a symmetric one',
  },
  {
    prices: ['queueRequest'],
    source: page('sqs'),
    read: 'https://cloudburn.io/blog/amazon-sqs-pricing (March 2026), of FIFO queues',
  },
  {
    prices: ['apiRequest'],
    source: page('api-gateway'),
    read: 'https://go-cloud.io/aws-api-gateway-pricing (2026), of HTTP APIs',
  },
  {
    prices: ['functionRequest', 'gbSecond'],
    source: page('lambda'),
    read: 'https://wring.co/blog/aws-lambda-pricing-guide (March 2026), of arm64',
  },
  {
    prices: ['logGb', 'dashboard'],
    source: page('cloudwatch'),
    read: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (June 2026)',
  },
  {
    prices: ['alarm'],
    source: page('cloudwatch'),
    read: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm, of standard resolution',
  },
]
