// The access log: its query, and its signed tree in the layout of C2SP tlog-tiles.
import * as z from 'zod'
import {
  AccessLogEntry,
  AccessLogSummary,
  Action,
  CosignAnswer,
  CosignCommand,
  CosignedCheckpoint,
  Outcome,
  ProvenEntry,
} from '../access-log.ts'
import { DataCategory, Purpose } from '../consent.ts'
import { ConsentId, InstitutionCode, Instant, KeyidPrefix, ReferralId } from '../ids.ts'
import { type RouteSpec, anyCase, given, page, pageOf } from './spec.ts'

/**
 * C2SP tlog-tiles: `<N>` in groups of three digits, all but the last behind an x and none needlessly (no `x000` in
 * front), and `.p/<W>` where the tile is not full.
 */
const tilePath = (before: string) =>
  new RegExp(
    String.raw`^${before}(?!x000)(x\d{3}\/)*\d{3}(\.p\/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$`,
  )

const EntryIndex = z.string().regex(/^(0|[1-9]\d{0,14})$/)

export const accessLogRoutes = {
  'access-log.query': {
    method: 'GET',
    path: '/v1/access-log',
    summary: 'Who did what with the referrals of your agreements, newest first',
    action: 'access-log.query',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    query: z.strictObject({
      from: given(Instant),
      to: given(Instant),
      institution: given(InstitutionCode),
      keyid: given(KeyidPrefix),
      action: given(Action),
      outcome: given(Outcome),
      referralId: given(anyCase(ReferralId)),
      consentId: given(anyCase(ConsentId)),
      purpose: given(Purpose),
      /** Releases that opened it. */
      category: given(DataCategory),
      ...page,
    }),
    answer: { status: 200, schema: pageOf(AccessLogEntry) },
    refusals: [],
  },
  'access-log.checkpoint': {
    method: 'GET',
    path: '/v1/access-log/checkpoint',
    summary:
      'The last signed checkpoint of the access log, with its cosignatures (C2SP tlog-checkpoint)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.string(), mediaType: 'text/plain' },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.public-key': {
    method: 'GET',
    path: '/v1/access-log/public-key',
    summary: 'The verifier key of the access log (C2SP signed-note vkey)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.string(), mediaType: 'text/plain' },
    refusals: [],
  },
  'access-log.proof': {
    method: 'GET',
    path: '/v1/access-log/entries/{index}/proof',
    summary: 'Proof that an entry is in the log (C2SP tlog-proof)',
    action: 'access-log.read',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    params: z.strictObject({ index: EntryIndex }),
    answer: { status: 200, schema: z.string(), mediaType: 'text/plain' },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.entry': {
    method: 'GET',
    path: '/v1/access-log/entries/{index}',
    summary: 'An entry, its bytes in the tree, and the proof that they are there (C2SP tlog-proof)',
    action: 'access-log.read',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    params: z.strictObject({ index: EntryIndex }),
    answer: { status: 200, schema: ProvenEntry },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.summary': {
    method: 'GET',
    path: '/v1/access-log/summary',
    summary:
      'How often what was done, by day of Guatemala, and what was opened: the last 366 days, or fewer',
    action: 'access-log.query',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    query: z.strictObject({ from: given(z.iso.date()), to: given(z.iso.date()) }),
    answer: { status: 200, schema: AccessLogSummary },
    refusals: [],
  },
  'access-log.tile': {
    method: 'GET',
    path: '/v1/access-log/tile/{tile+}',
    summary: 'A hash tile: <L>/<N>[.p/<W>] (C2SP tlog-tiles)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    params: z.strictObject({ tile: z.string().regex(tilePath(String.raw`(\d|[1-5]\d|6[0-3])\/`)) }),
    answer: { status: 200, schema: z.string(), mediaType: 'application/octet-stream' },
    refusals: ['not-yet-sequenced'],
  },
  // A route of its own, and the more specific one: hashes show nothing to those who countersign, entries do.
  'access-log.bundle': {
    method: 'GET',
    path: '/v1/access-log/tile/entries/{bundle+}',
    summary: 'An entry bundle: <N>[.p/<W>] (C2SP tlog-tiles)',
    action: 'access-log.read',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    params: z.strictObject({ bundle: z.string().regex(tilePath('')) }),
    answer: { status: 200, schema: z.string(), mediaType: 'application/octet-stream' },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.cosign': {
    method: 'POST',
    path: '/v1/access-log/cosignatures',
    summary: 'Countersign a checkpoint of the access log (C2SP tlog-cosignature)',
    action: 'access-log.cosign',
    roles: ['liaison'],
    idempotencyKey: 'required',
    body: CosignCommand,
    answer: { status: 201, schema: CosignAnswer },
    refusals: [
      'checkpoint-not-ours',
      'checkpoint-inconsistent',
      'checkpoint-older',
      'cosignature-invalid',
      'cosignature-time',
      'cosigner-key-unsuitable',
    ],
  },
  'access-log.cosignatures': {
    method: 'GET',
    path: '/v1/access-log/cosignatures',
    summary: 'The newest checkpoint that each institution cosigned',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.strictObject({ items: z.array(CosignedCheckpoint) }) },
    refusals: [],
  },
} as const satisfies Record<string, RouteSpec>
