/** The tables of a hub, as the template calls them. */
export const tableNames = [
  'Referrals',
  'ConsentLedger',
  'ReferralKeys',
  'AccessLog',
  'Outbox',
  'Requests',
  'Directory',
  'Progress',
] as const
export type TableName = (typeof tableNames)[number]
