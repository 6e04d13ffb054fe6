// An agreement and its notices as its parties see them. Pure.
import type { InstitutionCode, Instant, Post, Sha256 } from '../schemas/ids.ts'
import type { Agreement, KeptAgreement } from '../schemas/agreement.ts'
import type {
  AgreementDeadline,
  AgreementView,
  NoticeView,
  VersionTerms,
} from '../schemas/notice.ts'
import { completionUntil, daysLater, endsAt, stateAt, termUntil } from './agreement.ts'
import { type Given, type Standing, statementOf } from './notice.ts'
import { policyOf } from './policy.ts'

export const noticeView = (notice: Given): NoticeView => ({ ...notice, kind: notice.states.kind })

/** The last instants that an agreement has: of its force, of the time to finish, of what a termination keeps. */
const deadlinesOf = (agreement: KeptAgreement): AgreementDeadline[] => {
  const { terminatedAt } = agreement
  const end = { kind: 'end', at: endsAt(agreement) } as const
  if (terminatedAt === undefined)
    return [end, { kind: 'completion', at: completionUntil(agreement) }]
  return [end, { kind: 'evidence', at: daysLater(terminatedAt, policyOf(agreement).evidenceDays) }]
}

const versionTerms = (terms: Agreement): VersionTerms => {
  const { targetPersons, servesRegularStatus, onwardRecipients } = terms
  return { targetPersons, servesRegularStatus, policy: policyOf(terms), onwardRecipients }
}

export const agreementView = (
  { agreement, versions, awaiting, notices }: Standing,
  around: {
    now: Instant
    calendar: { id: string; version: string }
    posts: { post: Post; institution: InstitutionCode }[]
    digestOf: (text: string) => Sha256
  },
): AgreementView => {
  const { now, calendar, posts, digestOf } = around
  const { agreementId, title, parties, flows, onwardRecipients, inForceFrom } = agreement
  const { targetPersons, servesRegularStatus } = agreement
  const digest = (terms: Agreement) => digestOf(statementOf(terms))
  return {
    agreementId,
    version: versions.length,
    title,
    parties,
    flows,
    onwardRecipients,
    state: stateAt(agreement, now),
    inForceFrom,
    inForceUntil: termUntil(agreement),
    endsAt: endsAt(agreement),
    targetPersons,
    servesRegularStatus,
    policy: policyOf(agreement),
    calendar,
    posts,
    notices: notices.map(noticeView),
    awaiting: awaiting.map(one => ({ ...one, from: [...one.from] })),
    deadlines: deadlinesOf(agreement),
    versions: versions.map(({ version, from, terms }) => ({
      version,
      from,
      digest: digest(terms),
      terms: versionTerms(terms),
    })),
  }
}
