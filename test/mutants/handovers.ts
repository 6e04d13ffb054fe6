// Who may hand a person over, what it is opened for, who sees it, and what ends with it.
import type { Mutant } from './mutant.ts'

const rules = ['test/events/handover.test.ts']
const rule = 'events/handover.ts'
const inError = ['test/journeys/handover.error.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'a handover goes to whoever the consent names, onward recipient or not',
    file: rule,
    find: 'if (!onward.includes(recipient))',
    replace: 'if (onward.length > 99)',
    tests: rules,
  },
  {
    name: 'a handover is made without the consent to it',
    file: rule,
    find: "if (!permits) return refuse('consent-missing-purpose')",
    replace: '',
    tests: rules,
  },
  {
    name: 'a handover is made under a consent that has run out',
    file: rule,
    find: "if (!isLive(consent, now)) return refuse('consent-expired')",
    replace: '',
    tests: rules,
  },
  {
    name: 'a frozen agreement lets handovers through',
    file: rule,
    find: 'if (shut) return refuse(shut)',
    replace: '',
    tests: rules,
  },
  {
    name: 'a handover is made a second time while the first is open',
    file: rule,
    find: "if (open) return refuse('handover-exists')",
    replace: '',
    tests: rules,
  },
  {
    name: 'a handover is opened for whatever the consent gives its recipient',
    file: 'events/consent.ts',
    find: 'referral.partOf !== undefined && purpose !== pullPurpose(referral)',
    replace: 'purpose.length > 99',
    tests: rules,
  },
  {
    name: 'entries of a handover are seen under the agreement',
    file: 'events/seen-under.ts',
    find: 'partOf === undefined',
    replace: "partOf !== ('' as never)",
    tests: rules,
  },
  {
    name: 'retention does not wait for what was handed over',
    file: 'events/clock/retention.ts',
    find: 'closings.length === all.length',
    replace: 'closings.length > 0',
    tests: ['test/events/clock/handovers.test.ts'],
  },
  {
    name: 'a withdrawal ends the first referral under the consent alone',
    file: 'events/withdrawal.ts',
    find: 'ends: referrals.map(ended)',
    replace: 'ends: referrals.slice(0, 1).map(ended)',
    tests: ['test/events/withdrawal.test.ts'],
  },
  {
    name: 'what was handed over stays open when its referral is entered in error',
    file: 'functions/referral/status.ts',
    find: "if (status !== 'entered-in-error') return []",
    replace: 'if (status.length > 0) return []',
    tests: inError,
  },
  {
    name: 'a handover ends with whatever becomes of its referral',
    file: 'functions/referral/status.ts',
    find: "if (status !== 'entered-in-error') return []",
    replace: '',
    tests: inError,
  },
  {
    name: 'who ends a referral finds by the log what else ended with it',
    file: 'functions/aws/access-log/filter.ts',
    find: "(sides.length === 0 || outcome !== 'allowed')",
    replace: 'sides.length >= 0',
    tests: inError,
  },
  {
    name: 'who ends a referral counts by the log what else ended with it',
    file: 'functions/aws/access-log/counts.ts',
    find: 'mayView(viewer, one) && !viewer.agreements',
    replace: '!viewer.agreements',
    tests: inError,
  },
  {
    name: 'a withdrawal counts the releases of what its caller must not know of',
    file: 'functions/consent/withdraw.ts',
    find: 'held.flatMap(row =>',
    replace: 'referrals.flatMap(row =>',
    tests: ['test/journeys/handover.withdrawal.whole.test.ts'],
  },
  {
    name: 'refusals of an onward recipient are a stranger’s, of its own handover too',
    file: 'functions/http/respond.ts',
    find: '  if (sidesOf(agreementId).includes(institution)) return undefined\n',
    replace: '',
    tests: ['test/journeys/strangers.test.ts'],
  },
  {
    name: 'an entry may end any referral with another',
    file: 'verify/beginnings.ts',
    find: '    verifyEnds(later, { partOf, of })\n',
    replace: '',
    tests: ['test/verify/verify-log.tamper.long.test.ts'],
  },
]
