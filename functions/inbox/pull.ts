// POST /v1/inbox/pull: an institution collects its messages. With a referral comes what its consent permits, opened for
// this caller after the release is in the access log; or, with `content: "none"`, nothing but its header: it is leased,
// not opened.
import { Refused } from '../../events/refusal.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { Sight } from '../aws/access-log/placing.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { closing, secondsToWait } from '../aws/deadline.ts'
import { Moved } from '../aws/dynamodb.ts'
import { disclose } from '../effects/disclose.ts'
import { takeBack } from '../effects/release.ts'
import { writeHandle } from '../http/handle.ts'
import { type Answer, route } from '../http/route.ts'
import { type Delivery, eachOf, pulled, recordAll } from './deliveries.ts'
import { type Delivered, type Deps, type Pull, opens, pulling } from './judge-message.ts'

export const needs = [...everySignedDoor, ...pulling] as const

/** Rounds of a pull that finds nothing but copies, which it takes off the queue: who is answered none, asks no more. */
const mostRounds = 5

export const pullInbox = async (request: Pull, deps: Deps): Promise<Answer> => {
  await begin(request, deps)
  let { received, told } = await receive(request, deps)
  const left = new Set<Delivered>()
  const recorded: Delivery[] = []
  try {
    for (let round = 1; ; round++) {
      for (const one of received) left.add(one)
      const { deliveries, sight } = await recordAll(left, { told }, request, deps)
      recorded.push(...deliveries)
      if (deliveries.length > 0 || received.length === 0 || round === mostRounds)
        return { body: { messages: await opened(deliveries, sight, request, deps) } }
      told = true
      received = await take(0, request, deps)
    }
  } catch (error) {
    await closing(() => giveBack({ left, recorded, error }, request, deps))
    // What moved so often is tried again by the next pull; this one has given all of it back.
    throw error instanceof Moved ? new Refused('unavailable') : error
  }
}

/** What is answered: with each release that was recorded, once its entry is covered, its content. */
const opened = async (
  deliveries: readonly Delivery[],
  sight: Sight | undefined,
  request: Pull,
  deps: Deps,
): Promise<PulledMessage[]> => {
  const releases = deliveries.flatMap(({ release }) => release ?? [])
  const disclosed = sight && releases.length > 0 ? await disclose(releases, sight, deps) : []
  return eachOf(deliveries, request, async ({ message, release }): Promise<PulledMessage> => {
    const content = release && disclosed[releases.indexOf(release)]
    if (content?.status === 'rejected') throw content.reason
    // What the consent no longer permits stays shut: its message goes without.
    return { ...message, ...content?.value }
  })
}

/**
 * Asks first what could keep messages from being answered: a spent nonce, a rate, a message without a handle, or with a
 * log that cannot be signed, would be a delivery for nothing.
 */
const begin = async (
  { nonce, id: requestId, caller, known, admission, ...request }: Pull,
  deps: Deps,
): Promise<void> => {
  if (await deps.requests.isSpent({ keyid: caller.keyid, nonce, requestId }, known))
    throw new Refused('nonce-reused')
  await admission
  await Promise.all([opens({ ...request, caller }) && deps.cover.ready(), deps.guard.handleKey()])
}

/** What the longest wait leaves for a pass of the log and for opening ten referrals. */
const openingMs = 4500

/** Leases messages for the caller, waiting for them as long as is said. */
const take = async (
  waitSeconds: number,
  { body, caller: { institution } }: Pull,
  deps: Deps,
): Promise<Delivered[]> => {
  const holder = { institution, key: await deps.guard.handleKey() }
  const received = await deps.inbox.receive(institution, { ...body, waitSeconds })
  return received.map(one => ({
    ...one,
    handle: writeHandle(one.message.event, one.receiptHandle, holder),
  }))
}

/**
 * Leases messages. `told`: the pull has its entry already. Who waits has it before: the request is spent then, and
 * nobody else can wait with it for what comes.
 */
const receive = async (
  request: Pull,
  deps: Deps,
): Promise<{ received: Delivered[]; told: boolean }> => {
  const { body, caller, commit } = request
  const there = await take(0, request, deps)
  if (there.length > 0 || body.waitSeconds === 0 || !(await deps.waits.spend(caller.keyid)))
    return { received: there, told: false }
  await commit({ occurrences: [pulled] })
  const waitSeconds = secondsToWait(body.waitSeconds, openingMs)
  return { received: await take(waitSeconds, request, deps), told: true }
}

/** Undoes what was recorded, side by side: where a table does not answer, the queue still may. */
const giveBack = (
  { left, recorded, error }: { left: Iterable<Delivered>; recorded: Delivery[]; error: unknown },
  { caller, commit }: Pull,
  deps: Deps,
) =>
  Promise.allSettled([
    ...recorded.flatMap(({ release }) =>
      release ? [takeBack(release, error, { ...deps, commit })] : [],
    ),
    deps.inbox.giveBack(
      caller.institution,
      [...left].map(one => one.receiptHandle),
      0,
    ),
  ])

export const handler = route('inbox.pull', pullInbox, {
  deps: bind(needs),
  ahead: ({ caller: { keyid }, nonce }, { requests }) => [requests.nonceAt(keyid, nonce)],
})
