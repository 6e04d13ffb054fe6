// Members of a referral's row that no condition, filter or index asks for, kept shortened (RFC 1951): DynamoDB counts a
// write by the kilobyte, and a row is written eight times in a lifecycle. What each of the two holds is settled: a new
// member is one of its own, so that older code lets it be (docs/reference/evolving-rows.md).
import { shortTexts } from '../crypto/short-text.ts'
import type { Row } from './dynamodb.ts'

const { shorten, textOf } = shortTexts(
  `"agreementId":"igm-ala-2026","envelopeDigest":"","services":["enrolment-guidance","vocational-profiling",` +
    `"group-psychosocial-support","mobility-stipend","job-placement-handover"],"milestones":[{"n":1,"milestone":"",` +
    `"on":"2026-","recordedAt":"2026-"}],"reason":"unreachable","status":"on-hold","status":"completed",` +
    `"status":"accepted","status":"in-progress",{"folio":"REF-","consentId":"01","priority":"routine","submittedAt":"2026-` +
    `{"history":[{"status":"requested","at":"2026-","by":"IGM"},{"status":"received","at":"2026-","by":"ALA"}],` +
    `"milestones":[],"openGuards":["person#igm-ala-2026#"],"recentReleases":["2026-"],"ackedByReferrer":[],` +
    `"ackedByRecipient":[]}`,
)

const held = {
  /** Written once. */
  submitted: [
    'folio',
    'consentId',
    'agreementId',
    'priority',
    'services',
    'submittedAt',
    'envelopeDigest',
  ],
  /** What grows, written whole with each change. */
  course: [
    'history',
    'milestones',
    'openGuards',
    'recentReleases',
    'ackedByReferrer',
    'ackedByRecipient',
  ],
} as const
type Packed = keyof typeof held

/** Names of the members that are in it. */
export const membersOf = (name: Packed): readonly string[] => held[name]

/** Its members, out of a row that has them. */
export const packed = (name: Packed, row: Row): Uint8Array =>
  shorten(JSON.stringify(Object.fromEntries(held[name].map(member => [member, row[member]]))))

/** A row with the members that it keeps shortened. Rows from before 0.2 have all as they are. */
export const unpacked = (row: Row): Row => {
  const { submitted, course, ...plain } = row
  const members = [submitted, course].filter(kept => kept instanceof Uint8Array)
  return Object.assign(plain, ...members.map(kept => JSON.parse(textOf(kept)) as Row)) as Row
}
