// What units cost. List prices of on-demand tables of class Standard in us-east-1, without the free tier.

/** US$ for one request unit. */
export const prices = {
  source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  since: '2024-11-01',
  region: 'us-east-1',
  writeUnit: 0.625 / 1_000_000,
  readUnit: 0.125 / 1_000_000,
}
