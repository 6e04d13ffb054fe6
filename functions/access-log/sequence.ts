// Every minute: gives pending entries their place in the log's tree, has its head signed, and brings the index of
// queries and the counts of summaries up to it.
import { bind } from '../aws/bind.ts'
import { onSchedule } from '../http/on-schedule.ts'

export const needs = [
  'access-log:sequence',
  'access-log:index',
  'access-log:count',
  'log:sign',
] as const
const { sequence, index, counts } = bind(needs)

export const handler = onSchedule('sequence-access-log', async () => {
  try {
    return (await sequence.run(35_000)).signedSize
  } finally {
    await Promise.all([index.run(10_000), counts.run(10_000)])
  }
})
