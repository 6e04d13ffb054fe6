// Scenes 3 and 4: La Alianza answers; IGM finds the answers in its own inbox.
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { Reason, ReferralHeader, Status } from '../../schemas/referral.ts'
import { statusLabels } from '../../texts/labels.ts'
import type { DemoHub } from './hub.ts'
import { drain } from './refer.ts'
import type { Stage } from './stage.ts'

/** What becomes of the ten, in order: the last one waits for an answer still, the one before it is turned down. */
const answers: readonly (readonly [Status, Reason?])[][] = [
  ...Array.from({ length: 6 }, () => [['accepted'], ['in-progress']] as [Status][]),
  [['accepted']],
  [['accepted']],
  [['rejected', 'no-capacity']],
  [],
]

/** Changes each referral's status as planned, each time on the version just read. */
export async function answerThem(hub: DemoHub, headers: readonly ReferralHeader[], stage: Stage) {
  const { say, language } = stage
  stage.scene('answer.title')
  stage.tell('answer.story')
  const ala = hub.as('ala-system')
  const rows: string[][] = []
  for (const [index, { referralId }] of headers.entries()) {
    let { body, headers: fields } = await ala.getReferral(referralId)
    for (const [status, reason] of answers[index] ?? []) {
      const change = { status, ...(reason ? { reason } : {}) }
      const answer = await ala.changeStatus(referralId, change, fields.get('etag') ?? '')
      ;({ body, headers: fields } = answer)
    }
    rows.push([
      body.folio,
      body.history.map(({ status }) => statusLabels[status][language]).join(' → '),
      body.history.at(-1)?.reason ?? '',
    ])
  }
  stage.rows([say('column.folio'), say('column.way'), say('column.reason')], rows)
  stage.tell('answer.silence')
}

/** Empties IGM's inbox and shows the answers: one event whole, the rest by count. */
export async function readAnswers(hub: DemoHub, headers: readonly ReferralHeader[], stage: Stage) {
  const { say, language } = stage
  stage.scene('events.title')
  stage.tell('events.story')
  const messages = await drain(hub, 'igm-system')
  const rejection = messages.find(message => statusOf(message) === 'rejected')
  stage.line()
  stage.json(rejection?.event)
  stage.rows(
    [say('column.folio'), say('column.events')],
    headers.map(({ referralId, folio }) => [
      folio,
      messages
        .filter(({ event }) => event.subject === referralId)
        .map(message => {
          const status = statusOf(message)
          return `${message.event.sequence} ${status ? statusLabels[status][language] : message.event.type}`
        })
        .join(' · ') || '–',
    ]),
  )
  stage.check(rejection !== undefined, 'events.rejection')
  stage.check(
    messages.every(({ payload }) => payload === undefined),
    'events.nothing-personal',
  )
  stage.check(gapless(messages), 'events.gapless', { count: messages.length })
}

const statusOf = ({ event }: PulledMessage): Status | undefined =>
  event.type === 'referral.status-changed.v1' ? event.data.status : undefined

/** The sequence numbers of each referral go up by one from 1 (api.md, Inbox). */
function gapless(messages: readonly PulledMessage[]): boolean {
  const last = new Map<string, number>()
  return messages.every(({ event: { subject, sequence } }) => {
    const expected = (last.get(subject) ?? 0) + 1
    last.set(subject, expected)
    return Number(sequence) === expected
  })
}
