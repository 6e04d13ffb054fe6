// Consents.
import * as z from 'zod'
import { Certificate } from '../certificate.ts'
import { ConsentView, DeletionConfirmation, WithdrawalCommand } from '../consent.ts'
import { ConsentId } from '../ids.ts'
import { type RouteSpec, anyCase } from './spec.ts'

const consentParams = z.strictObject({ consentId: anyCase(ConsentId) })

export const consentRoutes = {
  'consent.read': {
    method: 'GET',
    path: '/v1/consents/{consentId}',
    summary: 'Read what a consent permits and what happened to it',
    action: 'consent.read',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    params: consentParams,
    answer: { status: 200, schema: ConsentView },
    refusals: [],
  },
  'consent.withdraw': {
    method: 'POST',
    path: '/v1/consents/{consentId}/withdrawal',
    summary: 'Withdraw a consent for the person: its content is destroyed at once',
    action: 'consent.withdraw',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'required',
    params: consentParams,
    body: WithdrawalCommand,
    answer: { status: 200, schema: ConsentView },
    refusals: [],
  },
  'consent.confirm-deletion': {
    method: 'POST',
    path: '/v1/consents/{consentId}/deletion-confirmation',
    summary: 'Confirm that you deleted what you held under a withdrawn consent',
    action: 'consent.confirm-deletion',
    roles: ['recipient'],
    idempotencyKey: 'required',
    params: consentParams,
    body: DeletionConfirmation,
    answer: { status: 200, schema: ConsentView },
    refusals: ['transition-not-allowed'],
  },
  'consent.certify': {
    method: 'GET',
    path: '/v1/consents/{consentId}/certificate',
    summary:
      'What was destroyed, when, by whose request, and what remains and why (JSON, or a page with Accept: text/html)',
    action: 'consent.certify',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    params: consentParams,
    answer: { status: 200, schema: Certificate },
    refusals: ['nothing-destroyed', 'not-yet-sequenced'],
  },
} as const satisfies Record<string, RouteSpec>
