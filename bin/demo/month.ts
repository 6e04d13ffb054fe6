// A month in fast motion: the hub is stopped and starts again days later by its clock. Commands of its users, and
// between them what a dozen people's referrals need, by the client.
import { dayOf } from '../../schemas/guatemala.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { Milestone } from '../../schemas/milestone.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import type { DemoHub } from './hub.ts'
import { peopleOfAMonth } from './people.ts'
import { write } from './scenes.ts'
import type { Stage } from './stage.ts'

const dozen = 12
/** How many of them get how far. From five on a report may show a number. */
const [enrolled, trained, handedOver, placed] = [10, 8, 6, 5]

export function month(hub: DemoHub, stage: Stage): (() => Promise<unknown>)[] {
  const { tell, run, check } = stage
  let people: ReferralHeader[] = []
  let silent: ReferralHeader
  let onward: ReferralHeader[] = []

  /** An institution takes all that waits for it. */
  const taken = async (name: string): Promise<PulledMessage[]> => {
    const client = hub.as(name)
    const all: PulledMessage[] = []
    for (;;) {
      const { messages } = (await client.pull({ max: 10, content: 'none' })).body
      if (messages.length === 0) return all
      await client.ack(messages.map(({ handle }) => handle))
      all.push(...messages)
    }
  }
  /** What an institution received and has not answered yet, accepted. */
  const accepted = async (name: string): Promise<ReferralHeader[]> => {
    const client = hub.as(name)
    const received: ReferralHeader[] = []
    const open = { direction: 'received', status: 'received' } as const
    for await (const header of client.everyReferral(open)) received.push(header)
    // In the order in which they were sent, as their ids are.
    const inOrder = received.toSorted((one, other) => (one.referralId < other.referralId ? -1 : 1))
    return Promise.all(
      inOrder.map(async ({ referralId, version }) => {
        const command = { status: 'accepted' } as const
        return (await client.changeStatus(referralId, command, `"${version}"`)).body
      }),
    )
  }
  const reached = async (name: string, of: readonly ReferralHeader[], milestone: Milestone) => {
    const on = dayOf(hub.now().toISOString())
    const client = hub.as(name)
    await Promise.all(
      of.map(({ referralId }) => client.recordMilestone(referralId, { milestone, on })),
    )
  }

  const amended = async () => {
    tell('month')
    tell('amend')
    const first = { says: /AV-\d{4}-0001/, lines: 10 }
    const said = await run(
      'agreement notice amendment --expire-days 20 --yes',
      first,
      'amend.first',
    )
    const number = /AV-\d{4}-\d{4}/.exec(said)?.[0] ?? ''
    const both = { says: /surtió efecto|took effect/, lines: -1 }
    await run(`agreement agree ${number} --yes`, both, 'amend.both')
    const change = { says: /60 → 20/, lines: -4 }
    await run('agreement versions 2', change, 'amend.version')
  }

  const sent = async () => {
    tell('dozen')
    await write('month.jsonl', peopleOfAMonth(hub.now(), { first: 10, count: dozen }))
    const all = { says: new RegExp(`: 0|${dozen}`), lines: -1 }
    await run('refer month.jsonl', all, 'dozen.sent')
    await taken('ala-system')
    people = await accepted('ala-system')
    check(people.length > dozen, 'dozen.accepted', { count: people.length })
    // Nobody takes this one.
    const [one] = peopleOfAMonth(hub.now(), { first: 10 + dozen, count: 1 })
    silent = (await hub.as('igm-system').submitReferral(one ?? {})).body
    await taken('igm-system')
  }

  const silence = async () => {
    tell('silence', { folio: silent.folio })
    await hub.laterBy(15)
    await reached('ala-system', people, 'profiled')
    await reached('ala-system', people.slice(-enrolled), 'enrolled')
    const heard = (await taken('igm-system'))
      .filter(({ event }) => event.subject === silent.referralId)
      .map(({ event }) => event.type.split('.')[1])
    check(heard.join() === 'undelivered,overdue', 'silence.told')
    await hub.laterBy(6)
    const ended = { says: /nadie respondió|nobody answered/, lines: 6 }
    await run('pull --max 1 --wait 10 --as igm-system', ended, 'silence.ended')
  }

  const onwards = async () => {
    tell('onward')
    const ala = hub.as('ala-system')
    const [first, ...others] = people.slice(-handedOver)
    const { referralId = '', folio = '' } = first ?? {}
    const handing = { says: /ALA → OIM/, lines: 6 }
    await run(`handover ${folio} --to OIM`, handing, 'onward.done')
    const children = ala.everyReferral({ direction: 'sent', partOf: referralId })
    const { value: child } = await children[Symbol.asyncIterator]().next()
    const { folio: next, referralId: nextId } = child as ReferralHeader
    await Promise.all(others.map(one => ala.handOver(one.referralId, { recipient: 'OIM' })))
    await taken('oim-system')
    const open = `open ${next} --as oim-system --purpose job-placement-handover`
    await run(open, { says: /identidad|identity/, lines: 5 }, 'onward.opened')
    onward = await accepted('oim-system')
    const seen = { code: 1, says: /forbidden/, lines: 1 }
    await run(`show ${nextId} --as igm-system`, seen, 'onward.unseen')
    const { milestones } = (await hub.as('igm-system').getReferral(referralId)).body
    const told = milestones.some(({ milestone }) => milestone === 'handed-over-iom')
    check(told, 'onward.told')
  }

  const counted = async () => {
    tell('count')
    await hub.laterBy(10)
    await reached('oim-system', onward.slice(-placed), 'placed')
    await reached('ala-system', people.slice(-trained), 'training-completed')
    await run('progress', { says: /: 250 /, lines: 40 }, 'count.done')
  }

  return [amended, sent, silence, onwards, counted]
}
