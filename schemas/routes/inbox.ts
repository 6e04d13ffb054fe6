// The inbox that every institution has.
import * as z from 'zod'
import {
  AckCommand,
  PullCommand,
  PulledMessage,
  RedriveAnswer,
  RedriveCommand,
  ReturnCommand,
  SettleAnswer,
} from '../inbox.ts'
import { type RouteSpec } from './spec.ts'

export const inboxRoutes = {
  'inbox.pull': {
    method: 'POST',
    path: '/v1/inbox/pull',
    summary:
      'Pull messages from your institution’s inbox; opens what the consent permits, or nothing with content "none"',
    action: 'inbox.pull',
    // The first that a key holds is the one it acts in: content is opened for a recipient alone.
    roles: ['recipient', 'referrer'],
    idempotencyKey: 'optional',
    body: PullCommand,
    answer: { status: 200, schema: z.strictObject({ messages: z.array(PulledMessage) }) },
    // Opened content goes out with the proof of its entry, or not at all.
    refusals: ['log-stale'],
  },
  'inbox.ack': {
    method: 'POST',
    path: '/v1/inbox/ack',
    summary: 'Acknowledge pulled messages: they will not come again',
    action: 'inbox.ack',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'optional',
    body: AckCommand,
    answer: { status: 200, schema: SettleAnswer },
    refusals: [],
  },
  'inbox.return': {
    method: 'POST',
    path: '/v1/inbox/return',
    summary: 'Give pulled messages back: they will come again',
    action: 'inbox.return',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'optional',
    body: ReturnCommand,
    answer: { status: 200, schema: SettleAnswer },
    refusals: [],
  },
  'inbox.redrive': {
    method: 'POST',
    path: '/v1/inbox/redrive',
    summary: 'Have what the queue has lost or parked sent again, in order',
    action: 'inbox.redrive',
    roles: ['recipient', 'liaison'],
    idempotencyKey: 'optional',
    body: RedriveCommand,
    answer: { status: 200, schema: RedriveAnswer },
    refusals: [],
  },
} as const satisfies Record<string, RouteSpec>
