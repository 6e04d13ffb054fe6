// Who hears of a milestone, and what is recorded without a consent to it.
import type { Mutant } from './mutant.ts'

const told = ['test/events/milestone.told.test.ts']
const rules = ['test/events/milestone.test.ts']
const journey = ['test/journeys/milestone.test.ts']
const door = 'functions/referral/milestone.ts'
const milestone = 'events/milestone.ts'
const header = 'events/referral-header.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'a referrer is told of milestones whatever the consent says',
    file: door,
    find: 'messages: fact.tells ? [told] : []',
    replace: 'messages: [told]',
    tests: journey,
  },
  {
    name: 'a referrer sees milestones in headers whatever the consent says',
    file: header,
    find: "viewer === facts.recipient || feedbackOf(facts) === 'milestones' ? facts.milestones : []",
    replace: 'viewer === facts.recipient || facts.milestones.length > 0 ? facts.milestones : []',
    tests: journey,
  },
  {
    name: 'a referrer sees milestones after a withdrawal',
    file: header,
    find: "contentState === 'shredded' ? 'status-only' : (feedback ?? 'status-only')",
    replace: "feedback ?? (contentState && 'status-only')",
    tests: journey,
  },
  {
    name: 'a row that says nothing of feedback lets its referrer see milestones',
    file: header,
    find: "(feedback ?? 'status-only')",
    replace: "(feedback ?? 'milestones')",
    tests: ['test/events/referral-header.test.ts'],
  },
  {
    name: 'a referrer is told of milestones under a consent that has run out',
    file: milestone,
    find: 'tells: permitted && isLive(consent, now)',
    replace: 'tells: permitted',
    tests: told,
  },
  {
    name: 'feedback for anybody is feedback for the referrer',
    file: 'events/consent.ts',
    find: "line.purpose === 'status-feedback' && line.recipient === referrer",
    replace: "line.purpose === 'status-feedback' && line.recipient.length >= referrer.length",
    tests: told,
  },
  {
    name: 'a placement is recorded without a consent to the handover',
    file: milestone,
    find: "milestone === 'handed-over-iom' || milestone === 'placed' || milestone in daysInWork",
    replace: "milestone === 'handed-over-iom' || milestone in daysInWork",
    tests: rules,
  },
  {
    name: 'a handover is recorded under a consent that has run out',
    file: milestone,
    find: "    if (!isLive(consent, now)) return refuse('consent-expired')",
    replace: '',
    tests: rules,
  },
  {
    name: 'whoever has the role records milestones of anybody’s referral',
    file: milestone,
    find: "  if (by !== referral.recipient) return refuse('forbidden')",
    replace: '',
    tests: rules,
  },
  {
    name: 'the log says which milestone it was',
    file: 'client/milestones.ts',
    find: 'body: { milestone, on, salt: randomToken(16) }',
    replace: 'body: { milestone, on }',
    tests: journey,
  },
]
