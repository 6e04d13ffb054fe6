// What AWS costs: list prices in us-east-1, US$, without free tiers and taxes. `confirmed`: whether somebody read it at
// its source, or in writing about it, on the day; where not, it is as it has been known.

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

/** Where each stands, and whether it was found there on that day. */
export const sources: readonly {
  readonly prices: readonly Price[]
  readonly source: string
  readonly confirmed: boolean
}[] = [
  {
    prices: ['writeUnit', 'readUnit'],
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    confirmed: true,
  },
  { prices: ['tableGb', 'backupGb'], source: page('dynamodb'), confirmed: false },
  { prices: ['symmetricOrHmac', 'key'], source: page('kms'), confirmed: true },
  // Found only as "five times a symmetric one".
  { prices: ['signature'], source: page('kms'), confirmed: true },
  { prices: ['queueRequest'], source: page('sqs'), confirmed: false },
  { prices: ['apiRequest'], source: page('api-gateway'), confirmed: false },
  { prices: ['functionRequest', 'gbSecond'], source: page('lambda'), confirmed: true },
  { prices: ['logGb', 'dashboard'], source: page('cloudwatch'), confirmed: true },
  { prices: ['alarm'], source: page('cloudwatch'), confirmed: false },
]
