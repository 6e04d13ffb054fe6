// hub ack, return: what was taken is kept for good, or given back. By handle, or by folio or id where it was taken with
// this key.
import type { Command } from 'commander'
import { command } from '../command.ts'
import type { HubClient } from '../../client/hub-client.ts'
import type { HubAnswer } from '../../client/send.ts'
import { ReferralId } from '../../schemas/ids.ts'
import type { SettleAnswer } from '../../schemas/inbox.ts'
import { problems } from '../../schemas/problem.ts'
import { eventLabels } from '../../texts/labels.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { readText } from '../input.ts'
import { jsonRecords } from '../json-records.ts'
import { type Lease, type Leases, leasesIn } from '../leases.ts'
import { reference, referralIdOf } from '../reference.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, wholeNumber } from '../usage.ts'

const usual = 'ala-system'

/** What is about to be settled: a handle, with what is known of its message. */
type Delivery = Pick<Lease, 'handle'> & Partial<Lease>

export const leasesOf = (keyFile: string): Leases => leasesIn(`${keyFile}.leases`)

export function addSettle(program: Command, terminal: Terminal) {
  const { say } = terminal
  const reach = () => connect(program.opts<ConnectOptions>(), usual, terminal)
  command(program, 'ack', say('ack.about'))
    .argument('[handles...]', say('ack.handles'), named)
    .option('--all', say('ack.all'))
    .action(async (given: string[] = [], options: { all?: boolean }) => {
      const all = options.all === true
      if (all === given.length > 0) throw new UsageError('usage.handles-or-all')
      const piped = all ? await pulledOnInput(terminal) : []
      const { client, keyFile } = await reach()
      const leases = leasesOf(keyFile)
      const deliveries = all ? piped : await deliveriesOf(given, client, leases)
      tell(deliveries, terminal)
      await settle(deliveries, ten => client.ack(ten), { leases, terminal })
    })
  command(program, 'return', say('return.about'))
    .argument('<handles...>', say('ack.handles'), named)
    .option('--delay <s>', say('return.delay'), wholeNumber(0, 900), 0)
    .action(async (given: string[], options: { delay: number }) => {
      const { client, keyFile } = await reach()
      const leases = leasesOf(keyFile)
      const deliveries = await deliveriesOf(given, client, leases)
      const send = (ten: string[]) => client.returnMessages(ten, options.delay)
      await settle(deliveries, send, { leases, terminal })
    })
}

/** A commander reader of one argument of several: a handle as it is, a folio or an id as `reference` reads it. */
const named = (text: string, before: string[] = []): string[] => [
  ...before,
  isReference(text) ? reference('exact')(text) : text,
]

/** A handle may begin so by chance; it is never as short. */
const isReference = (text: string) =>
  /^REF[-0-9A-Z*~$=]{8,13}$/i.test(text) || ReferralId.safeParse(text.toLowerCase()).success

/**
 * The deliveries that handles, folios and ids name: of a referral all that were taken with this key and are still
 * leased.
 * @throws UsageError for a referral of which nothing is
 */
async function deliveriesOf(
  given: readonly string[],
  client: HubClient,
  leases: Leases,
): Promise<Delivery[]> {
  const found = new Map<string, Delivery>()
  for (const one of given) {
    if (!isReference(one)) {
      found.set(one, { handle: one })
      continue
    }
    const id = await referralIdOf(client, one)
    const held = (await leases.held(new Date())).filter(({ referralId }) => referralId === id)
    if (held.length === 0) throw new UsageError('usage.nothing-leased')
    for (const lease of held) found.set(lease.handle, lease)
  }
  const known = await leases.held(new Date())
  return [...found.values()].map(
    delivery => known.find(({ handle }) => handle === delivery.handle) ?? delivery,
  )
}

/** The messages on standard input (`hub pull --json | hub ack --all`). */
async function pulledOnInput({ reading }: Terminal): Promise<Delivery[]> {
  const text = await readText('-', reading)
  // An inbox that had nothing is no mistake.
  if (text.trim() === '') return []
  return jsonRecords(text).map(({ record, line, value }) => {
    const { handle, event } = value as { handle?: unknown; event?: Record<string, unknown> }
    if (typeof handle !== 'string') throw new UsageError('usage.no-handle', { record, line })
    const { type, subject, data } = event ?? {}
    const folio = typeof data === 'object' && data !== null && 'folio' in data ? data.folio : ''
    return {
      handle,
      ...(typeof type === 'string' ? { type } : {}),
      ...(typeof subject === 'string' ? { referralId: subject } : {}),
      ...(typeof folio === 'string' && folio !== '' ? { folio } : {}),
    }
  })
}

const isEvent = (type: string): type is keyof typeof eventLabels => Object.hasOwn(eventLabels, type)

/** What is about to be acknowledged; and that a request to delete is not done by acknowledging it. */
function tell(deliveries: readonly Delivery[], { say, note, language }: Terminal) {
  for (const { type = '', folio, referralId = '' } of deliveries) {
    if (!isEvent(type)) continue
    const name = folio ?? referralId
    note(say('ack.one', { name, event: eventLabels[type][language] }))
    if (type === 'consent.withdrawn.v1') note(say('ack.deletion', { name }))
  }
}

/** A code of the hub, and its sentence where this program knows it. */
const refusalOf = (code = '', { language }: Terminal) => ({
  code,
  title: Object.entries(problems).find(([known]) => known === code)?.[1][language] ?? '',
})

/** Settles ten at a time, as the hub takes them. Exit 1 when the hub refused one. */
async function settle(
  deliveries: readonly Delivery[],
  send: (ten: string[]) => Promise<HubAnswer<SettleAnswer>>,
  { leases, terminal }: { leases: Leases; terminal: Terminal },
) {
  const handles = deliveries.map(({ handle }) => handle)
  let done = 0
  try {
    for (let from = 0; from < handles.length; from += 10) {
      const { body } = await send(handles.slice(from, from + 10))
      await leases.settled(body.results.filter(({ ok }) => ok).map(({ handle }) => handle))
      for (const result of body.results) {
        if (result.ok) done++
        if (terminal.json) terminal.record(result)
        else if (!result.ok)
          terminal.note(terminal.say('settle.refused', refusalOf(result.code, terminal)))
      }
    }
  } finally {
    terminal.note(terminal.say('settle.count', { done, total: handles.length }))
  }
  if (done < handles.length) terminal.ending.exitWith(1)
}
