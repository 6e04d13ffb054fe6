// Reports: numbers about an agreement, for its parties.
import * as z from 'zod'
import { AgreementId } from '../ids.ts'
import { ProgressReport } from '../report.ts'
import { type RouteSpec, mustBe } from './spec.ts'

export const reportRoutes = {
  'report.progress': {
    method: 'GET',
    path: '/v1/reports/progress',
    summary: 'How far the persons of an agreement have come, in numbers that tell of nobody',
    action: 'report.progress',
    roles: ['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory'],
    idempotencyKey: 'none',
    query: z.strictObject({ agreementId: mustBe(AgreementId) }),
    answer: { status: 200, schema: ProgressReport },
    refusals: [],
  },
} as const satisfies Record<string, RouteSpec>
