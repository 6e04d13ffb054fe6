// What nobody has collected, and having one's own institution's messages sent again.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { useDoing, useReading } from '../doing.ts'
import { Button, Heading, Loading, Notice, Problem } from '../parts.tsx'
import { label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { Table, headings } from '../table.tsx'
import { say } from './liaison-words.ts'

/** As many unanswered referrals as one looks at: beyond that the list is no page for a person. */
const most = 1000

type Found = { received: ReferralHeader[]; sent: ReferralHeader[]; looked: number; all: boolean }

/** Only what nobody acknowledged can be undelivered, and that has not been answered. */
const undelivered = async ({ client }: Session): Promise<Found> => {
  const found: Found = { received: [], sent: [], looked: 0, all: true }
  for (const direction of ['received', 'sent'] as const)
    for await (const header of client.everyReferral({
      direction,
      status: 'requested',
      limit: 200,
    })) {
      if (found.looked === most) return { ...found, all: false }
      found.looked += 1
      if (header.deliveryState === 'undelivered') found[direction].push(header)
    }
  return found
}

const List = ({
  items,
  direction,
  advice,
}: {
  items: readonly ReferralHeader[]
  direction: 'received' | 'sent'
  advice: string
}) =>
  items.length === 0 ? (
    <>
      <h2 class="govuk-heading-m">{say(`lost.${direction}`)}</h2>
      <p class="govuk-body">{say('lost.none')}</p>
    </>
  ) : (
    <>
      <Table
        caption={say(`lost.${direction}`)}
        columns={headings(say, 'lost.folio', 'lost.priority', 'lost.other', 'lost.submitted')}
        rows={items.map(one => ({
          key: one.referralId,
          cells: [
            one.folio,
            label(priorityLabels, one.priority),
            direction === 'sent' ? one.recipient : one.referrer,
            moment(one.submittedAt),
          ],
        }))}
      />
      <p class="govuk-body">{advice}</p>
    </>
  )

const Again = ({ of, then }: { of: Session; then: () => void }) => {
  const [asked, setAsked] = useState(false)
  const [sent, setSent] = useState<number>()
  const { busy, error, run } = useDoing()
  const shown = useRef(false)
  // What was pressed is gone: the focus goes on to what one may press now.
  useEffect(() => {
    if (shown.current) document.getElementById(asked ? 'lost-sure' : 'lost-again')?.focus()
    shown.current = true
  }, [asked])
  const send = () =>
    run(async () => {
      setSent((await of.client.redrive()).body.redriven)
      setAsked(false)
      then()
    })
  return (
    <section>
      <h2 class="govuk-heading-m">{say('lost.again')}</h2>
      {error !== undefined && <Problem error={error} />}
      {sent !== undefined && <Notice kind="done">{say('lost.done', { count: sent })}</Notice>}
      <p class="govuk-body">{say('lost.again-what')}</p>
      {asked ? (
        <div class="rh-row">
          <Button
            id="lost-sure"
            type="button"
            kind="warning"
            busy={busy}
            onClick={() => void send()}
          >
            {say('lost.sure')}
          </Button>
          <Button type="button" kind="secondary" onClick={() => setAsked(false)}>
            {say('lost.back')}
          </Button>
        </div>
      ) : (
        <Button
          id="lost-again"
          type="button"
          onClick={() => {
            setSent(undefined)
            setAsked(true)
          }}
        >
          {say('lost.again')}
        </Button>
      )}
    </section>
  )
}

export const Undelivered = ({ of }: { of: Session }) => {
  const { reading, again } = useReading(() => undelivered(of), [of])
  return (
    <>
      <Heading>{say('lost.title')}</Heading>
      <p class="govuk-body">{say('lost.what')}</p>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && (
        <>
          <List items={reading.value.received} direction="received" advice={say('lost.ours')} />
          <List items={reading.value.sent} direction="sent" advice={say('lost.theirs')} />
          {!reading.value.all && (
            <Notice>{say('lost.more', { count: reading.value.looked })}</Notice>
          )}
        </>
      )}
      <Again of={of} then={again} />
    </>
  )
}
