// Tells the parties of agreements that are about to end. All agreements are looked at once a day, when the next is due,
// and after each notice that changes one; in the minutes between it costs no call.
import { agreementEnding } from '../../events/clock/agreement-ending.ts'
import { days } from '../../events/clock/rule.ts'
import { underAgreement } from '../../events/seen-under.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import type { AgreementNews } from '../aws/agreement-news.ts'
import { type Given, sending } from '../aws/bind.ts'
import type { RulesWalk } from '../aws/rules-walk.ts'
import { log } from '../aws/runtime.ts'
import { type Committing, commit } from '../effects/commit.ts'

export const telling = [
  'directory:read',
  'referrals:walk',
  'access-log:append',
  ...sending,
] as const
type Deps = Given<typeof telling>

/** Does what is due. One agreement that fails holds up no other: all are looked at again in a minute. */
export const tellEndings = async (
  walk: RulesWalk,
  { now, committing }: { now: Instant; committing: () => Committing },
  deps: Deps,
): Promise<void> => {
  const tomorrow = later(now, days)
  const { endingsAt } = walk
  // One that lies further ahead was written by another clock.
  if (endingsAt !== undefined && now < endingsAt && endingsAt <= tomorrow) return
  const agreements = await allAgreements(deps)
  const told = await deps.agreementNews.read(agreements.map(({ agreementId }) => agreementId))
  let soonest: Instant | undefined = tomorrow
  for (const [i, agreement] of agreements.entries()) {
    try {
      const next = await tell(agreement, told[i], { now, committing }, deps)
      if (next !== undefined && soonest !== undefined && next < soonest) soonest = next
    } catch (error) {
      soonest = undefined
      const { agreementId } = agreement
      log('warn', 'due-later', {
        agreementId,
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
  }
  if (soonest !== undefined) await deps.rulesWalk.endingsTold(walk, soonest)
}

const allAgreements = async ({ directory }: Deps): Promise<KeptAgreement[]> => {
  const codes = await directory.codes()
  const ids = await Promise.all(codes.map(code => directory.agreementsOf(code)))
  return [...(await directory.findAgreements(ids.flat())).values()]
}

/** Answers when the next is due. */
const tell = async (
  agreement: KeptAgreement,
  before: AgreementNews | undefined,
  { now, committing }: { now: Instant; committing: () => Committing },
  deps: Deps,
): Promise<Instant | undefined> => {
  const { agreementId, parties } = agreement
  const { news, after, next } = agreementEnding(agreement, before, now)
  const sent = before?.sent ?? 0
  if (before?.endsAt === after.endsAt && before.days === after.days) return next
  await commit(
    {
      occurrences: news.map(told => ({
        action: 'agreement.ending',
        outcome: 'allowed',
        agreementId: underAgreement(agreementId),
        ending: { agreementId, ...told },
      })),
      writes: [
        deps.agreementNews.told(agreementId, before, { ...after, sent: sent + news.length }),
      ],
      messages: news.flatMap((data, i) =>
        parties.map(inbox => ({
          inbox,
          agreementId,
          type: 'agreement.ending.v1' as const,
          data,
          sequence: sent + i + 1,
        })),
      ),
    },
    committing(),
    deps,
  )
  return next
}
