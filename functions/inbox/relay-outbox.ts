// Every minute: sends what a commit left in the outbox because its function died, or SQS did not answer, before it was
// sent.
import { bind } from '../aws/bind.ts'
import { relayWaiting } from '../effects/messages.ts'
import { onSchedule } from '../http/on-schedule.ts'

export const needs = ['outbox:sweep', 'inbox:send'] as const
const deps = bind(needs)

export const handler = onSchedule('relay-outbox', () => relayWaiting(deps))
