// Agreements, and the notices that change them.
import * as z from 'zod'
import { AgreementId } from '../ids.ts'
import { AgreementView, NoticeCommand, NoticeView } from '../notice.ts'
import { type RouteSpec, page, pageOf } from './spec.ts'

/** Whoever acts for a party may know what it agreed to. */
const anyRole = ['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory'] as const

const agreementParams = z.strictObject({ agreementId: AgreementId })

export const agreementRoutes = {
  'agreement.list': {
    method: 'GET',
    path: '/v1/agreements',
    summary: 'The agreements that your institution is party to',
    action: 'agreement.list',
    roles: anyRole,
    idempotencyKey: 'none',
    query: z.strictObject(page),
    answer: { status: 200, schema: pageOf(AgreementView) },
    refusals: [],
  },
  'agreement.read': {
    method: 'GET',
    path: '/v1/agreements/{agreementId}',
    summary: 'An agreement as it stands: terms, state, notices, what is awaited and until when',
    action: 'agreement.read',
    roles: anyRole,
    idempotencyKey: 'none',
    params: agreementParams,
    answer: { status: 200, schema: AgreementView },
    refusals: [],
  },
  'agreement.notice': {
    method: 'POST',
    path: '/v1/agreements/{agreementId}/notices',
    summary: 'Give notice: renewal, rescission, amendment, breach, its lift, or termination',
    action: 'agreement.notice',
    roles: ['signatory'],
    idempotencyKey: 'required',
    params: agreementParams,
    body: NoticeCommand,
    answer: { status: 201, schema: NoticeView },
    refusals: ['agreement-not-in-force', 'transition-not-allowed'],
  },
} as const satisfies Record<string, RouteSpec>
