// Institutions and their keys.
import * as z from 'zod'
import { DirectoryKey } from '../agreement.ts'
import { InstitutionCode, Keyid } from '../ids.ts'
import { InstitutionView, Me, KeyConfirmation, KeyProposal, KeyRevocation } from '../institution.ts'
import { type RouteSpec, page, pageOf } from './spec.ts'

/** Whoever signs anything may see whose keys there are. */
const anyRole = ['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory'] as const

const institutionParams = z.strictObject({ institution: InstitutionCode })
const keyParams = z.strictObject({ institution: InstitutionCode, keyid: Keyid })

export const institutionRoutes = {
  'me.read': {
    method: 'GET',
    path: '/v1/me',
    summary: 'Whom the hub takes you for, and what you need to know of it',
    action: 'me.read',
    roles: anyRole,
    idempotencyKey: 'none',
    answer: { status: 200, schema: Me },
    refusals: [],
  },
  'institution.list': {
    method: 'GET',
    path: '/v1/institutions',
    summary: 'The institutions that the hub knows, by code',
    action: 'institution.list',
    roles: anyRole,
    idempotencyKey: 'none',
    query: z.strictObject(page),
    answer: { status: 200, schema: pageOf(InstitutionView) },
    refusals: [],
  },
  'institution.keys': {
    method: 'GET',
    path: '/v1/institutions/{institution}/keys',
    summary: 'The public keys of an institution, past and present',
    action: 'key.read',
    roles: anyRole,
    idempotencyKey: 'none',
    params: institutionParams,
    answer: { status: 200, schema: z.strictObject({ items: z.array(DirectoryKey) }) },
    refusals: [],
  },
  'key.enrol': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys',
    summary:
      'Propose a new key of your institution; it signs once a second person has confirmed it',
    action: 'key.enrol',
    roles: ['liaison'],
    idempotencyKey: 'required',
    params: institutionParams,
    body: KeyProposal,
    answer: { status: 201, schema: DirectoryKey },
    refusals: ['proof-invalid', 'key-exists', 'transition-not-allowed'],
  },
  'key.confirm': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys/{keyid}/confirmation',
    summary: 'Confirm, as the second person, a key that was proposed for your institution',
    action: 'key.confirm',
    roles: ['liaison', 'signatory'],
    idempotencyKey: 'required',
    params: keyParams,
    body: KeyConfirmation,
    answer: { status: 200, schema: DirectoryKey },
    refusals: ['transition-not-allowed'],
  },
  'key.revoke': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys/{keyid}/revocation',
    summary: 'Revoke a key of your institution, or your own; it takes effect on the next request',
    action: 'key.revoke',
    // Liaisons and signatories any key of their institution; every other key itself alone.
    roles: ['liaison', 'signatory', 'compliance-officer', 'referrer', 'recipient'],
    idempotencyKey: 'required',
    params: keyParams,
    body: KeyRevocation,
    answer: { status: 200, schema: DirectoryKey },
    refusals: ['transition-not-allowed'],
  },
} as const satisfies Record<string, RouteSpec>
