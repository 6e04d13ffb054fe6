// Scenes 1 and 2: IGM refers ten people; La Alianza opens its inbox and gets what each one consented to.
import { DataCategory } from '../../schemas/consent.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { ReferralHeader, Submission } from '../../schemas/referral.ts'
import { statusLabels } from '../../texts/labels.ts'
import { wallClock } from '../terminal.ts'
import type { DemoHub } from './hub.ts'
import type { Stage } from './stage.ts'

/** Submits the ten and shows their headers. */
export async function referTen(hub: DemoHub, people: readonly Submission[], stage: Stage) {
  const { say, language } = stage
  stage.scene('refer.title')
  stage.tell('refer.story')
  const igm = hub.as('igm-system')
  const headers: ReferralHeader[] = []
  for (const person of people) headers.push((await igm.submitReferral(person)).body)
  stage.rows(
    [say('column.folio'), say('column.status'), say('column.priority'), say('column.respond-by')],
    headers.map(({ folio, status, priority, respondBy }) => [
      folio,
      statusLabels[status][language],
      priority,
      wallClock(respondBy),
    ]),
  )
  stage.tell('refer.folios')
  return headers
}

/** Looks into the recipient's inbox without opening anything, and gives it all back. */
async function look(hub: DemoHub, stage: Stage) {
  const ala = hub.as('ala-system')
  const { messages } = (await ala.pull({ max: 10, content: 'none' })).body
  const sealed = messages.filter(({ content, payload }) => content === 'sealed' && !payload)
  stage.check(sealed.length === 10 && messages.length === 10, 'open.looked', {
    count: messages.length,
  })
  await ala.returnMessages(messages.map(({ handle }) => handle))
}

/** Pulls everything there is for the recipient and acknowledges it. */
export async function openInbox(hub: DemoHub, stage: Stage) {
  const { say } = stage
  stage.scene('open.title')
  await look(hub, stage)
  stage.tell('open.story')
  const messages = await drain(hub, 'ala-system')
  stage.rows(
    [say('column.folio'), ...DataCategory.options.map(category => say(`short.${category}`))],
    messages.map(({ event, payload, withheld }) => [
      event.type === 'referral.requested.v1' ? event.data.folio : event.type,
      ...DataCategory.options.map(category => {
        if (payload?.[category]) return say('open.opened')
        return withheld?.includes(category) ? say('open.kept') : '–'
      }),
    ]),
  )
  const narrowed = messages.filter(({ withheld }) => (withheld ?? []).length > 0)
  stage.check(messages.length === 10, 'open.all', { count: messages.length })
  stage.check(narrowed.length === 2, 'open.withheld', { count: narrowed.length })
  stage.check(
    narrowed.every(({ payload, withheld }) =>
      (withheld ?? []).every(name => !Object.hasOwn(payload ?? {}, name)),
    ),
    'open.absent',
  )
  // A hub that answers with the proof of the very release entry must do so for every release.
  const proven = messages.filter(({ proof }) => proof !== undefined).length
  if (proven > 0) stage.check(proven === messages.length, 'open.proof')
}

/** Everything in an inbox, acknowledged as it comes. */
export async function drain(hub: DemoHub, name: string): Promise<PulledMessage[]> {
  const client = hub.as(name)
  const all: PulledMessage[] = []
  for (;;) {
    const { body } = await client.pull({ max: 10, waitSeconds: 0 })
    if (body.messages.length === 0) return all
    all.push(...body.messages)
    await client.ack(body.messages.map(({ handle }) => handle))
  }
}
