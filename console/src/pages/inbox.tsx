// What was sent to an institution: what waits for an answer, what is under way, what is closed. Nothing personal.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import { useState } from 'preact/hooks'
import { useDoing } from '../doing.ts'
import { Button, Link, Notice, Problem } from '../parts.tsx'
import { label } from '../say.ts'
import { headings } from '../table.tsx'
import { say } from './case-words.ts'
import { Referrals, respondBy, useReferrals } from './views.tsx'
import type { Session } from '../session.ts'
import type { Row } from '../table.tsx'

const urgency = ['stat', 'urgent', 'routine']
/** The most urgent first, and of these the one that has waited longest. */
const byUrgency = (one: ReferralHeader, other: ReferralHeader) =>
  urgency.indexOf(one.priority) - urgency.indexOf(other.priority) ||
  (one.submittedAt < other.submittedAt ? -1 : 1)

const rowOf = (one: ReferralHeader): Row => ({
  key: one.referralId,
  cells: [
    <Link to={`casos/${one.referralId}`} class="govuk-link rh-folio">
      {one.folio}
    </Link>,
    label(priorityLabels, one.priority),
    label(statusLabels, one.status),
    respondBy(one),
  ],
})

/** How often at most ten notices are taken at a press: nobody waits here for ever. */
const rounds = 30

/** Takes and acknowledges all that waits, without opening any of it. Returns how much that was. */
const takeAll = async ({ client }: Session): Promise<number> => {
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    const { messages } = (await client.pull({ max: 10, content: 'none' })).body
    if (messages.length === 0) break
    const { results } = (await client.ack(messages.map(({ handle }) => handle))).body
    taken += results.filter(({ ok }) => ok).length
  }
  return taken
}

const Take = ({ of, then }: { of: Session; then: () => void }) => {
  const { busy, error, run } = useDoing()
  const [taken, setTaken] = useState<number>()
  const take = () =>
    run(async () => {
      setTaken(undefined)
      setTaken(await takeAll(of))
      then()
    })
  return (
    <>
      {error !== undefined && <Problem error={error} />}
      {taken !== undefined && <Notice kind="done">{say('inbox.taken', { count: taken })}</Notice>}
      <p class="govuk-body">{say('inbox.take-what')}</p>
      <Button type="button" kind="secondary" busy={busy} onClick={() => void take()}>
        {say('inbox.take')}
      </Button>
    </>
  )
}

export const Inbox = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const found = useReferrals(of, query, 'received')
  return (
    <>
      <Referrals
        page="bandeja"
        title={say('inbox.title')}
        found={found}
        columns={headings(say, 'case.folio', 'case.priority', 'case.status', 'case.respond-by')}
        rowsOf={items => items.toSorted(byUrgency).map(rowOf)}
      />
      <Take of={of} then={found.again} />
    </>
  )
}
