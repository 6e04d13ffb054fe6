// What anybody may read unsigned.
import * as z from 'zod'
import { type RouteSpec } from './spec.ts'

export const openRoutes = {
  'health.read': {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether table, queue and key really answer',
    roles: [],
    idempotencyKey: 'none',
    answer: {
      status: 200,
      schema: z.strictObject({
        status: z.literal('ok'),
        checks: z.strictObject({
          table: z.literal('ok'),
          queue: z.literal('ok'),
          key: z.literal('ok'),
        }),
      }),
    },
    refusals: [],
  },
  'openapi.read': {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This contract as OpenAPI 3.1',
    roles: [],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.looseObject({ openapi: z.literal('3.1.1') }) },
    refusals: [],
  },
} as const satisfies Record<string, RouteSpec>
