// Every minute: sends what inboxes are owed and may not have, because a function died or SQS did not answer, or soon
// will not have any more.
import { bind } from '../aws/bind.ts'
import { now } from '../aws/runtime.ts'
import { sweep } from '../effects/sweep.ts'
import { onSchedule } from '../http/on-schedule.ts'

export const needs = [
  'directory:list',
  'outbox:due',
  'outbox:sweep',
  'envelopes:send',
  'inbox:send',
] as const
const deps = bind(needs)

export const handler = onSchedule('relay-outbox', timeLeft => sweep(now(), timeLeft, deps))
