// What was answered is kept: the hub is killed in the middle of its work, at different moments, and started again on
// its folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type HubPlace, callerOf, inboxOf } from './callers.ts'
import { type RawAnswer, idempotencyKey, submitRaw } from './signed-requests.ts'
import { type Submission, submissionOf } from './submissions.ts'
import { type HubProcess, processesOf, startProcess } from './processes.ts'

/** Every referral of the sender, by its own number for it. */
const sentFrom = async (hub: HubPlace) => {
  const igm = await callerOf(hub, 'igm-system')
  const found = new Map<string, string>()
  for await (const item of igm.everyReferral({ direction: 'sent', limit: 200 })) {
    expect(found.has(item.externalId as string)).toBe(false)
    found.set(item.externalId as string, item.referralId)
  }
  return found
}

/** Submissions in the log, once for each effect: answers that were given again are entries with the code `replayed`. */
const submitEntries = async (hub: HubPlace) => {
  const officer = await callerOf(hub, 'igm-compliance')
  const ids: string[] = []
  for await (const { referralId, code } of officer.everyEntry({
    action: 'referral.submit',
    outcome: 'allowed',
    limit: 200,
  }))
    if (referralId && code === undefined) ids.push(referralId)
  return ids.toSorted()
}

/**
 * `moments`: after how many answers the hub is killed, and how many milliseconds later. `busy`: after how many it is
 * told to stop.
 */
export const durability = (moments: { answers: number; ms: number }[], busy: number) => {
  const data = mkdtempSync(join(tmpdir(), 'hub-durable-'))
  const aheadMs = Date.parse('2026-11-21T12:00:00.000Z') - Date.now()
  let running: HubProcess | undefined
  afterAll(async () => {
    await running?.end('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  })

  /** A submission, and its answer if one came. */
  type Attempt = { body: string; submission: Submission; key: string; answer?: RawAnswer }
  const attempts: Attempt[] = []
  const send = (hub: HubPlace, { body, key }: Attempt) =>
    submitRaw(hub, body, { headers: { 'idempotency-key': key } })

  /** Refers one person after another until the hub is gone. */
  const write = async (hub: HubPlace, round: number, writer: number) => {
    for (let n = 1; n <= 200; n++) {
      const submission = submissionOf(((round * 80 + writer * 20 + n) % 250) + 1)
      const body = JSON.stringify(submission)
      const attempt: Attempt = { body, submission, key: idempotencyKey() }
      attempts.push(attempt)
      const answer = await send(hub, attempt).catch(() => undefined)
      if (!answer) return
      attempt.answer = answer
      if (answer.status !== 201) return
    }
  }

  const writers = 4
  /** Lets the writers work until `answers` have come, and `ms` longer; then gives the signal. */
  const workUntil = async (
    hub: HubProcess,
    round: number,
    signal: 'SIGKILL' | 'SIGTERM',
    { answers, ms }: { answers: number; ms: number },
  ) => {
    const from = attempts.length
    const work = Promise.all(Array.from({ length: writers }, (_, n) => write(hub, round, n)))
    const answered = () => attempts.slice(from).filter(({ answer }) => answer).length
    for (let waited = 0; answered() < answers && waited < 5000; waited++) await wait(2)
    await wait(ms)
    const end = await hub.end(signal)
    await work
    expect(answered()).toBeGreaterThanOrEqual(answers)
    expect(attempts.filter(({ answer }) => answer && answer.status !== 201)).toEqual([])
    return end
  }

  const released = new Set<string>()
  /** Pulls everything new, and compares it with what was sent: whole, once each, and nothing else. */
  const pullAll = async (hub: HubPlace, sent: Map<string, string>) => {
    const ala = await callerOf(hub, 'ala-system')
    const inbox = inboxOf(ala)
    const submissions = new Map(attempts.map(each => [each.submission.externalId, each.submission]))
    for (const [externalId, referralId] of sent) {
      if (released.has(referralId)) continue
      const [message, ...more] = await inbox.about(referralId)
      expect(more).toEqual([])
      expect(message?.payload).toEqual(submissions.get(externalId)?.payload)
      expect(message?.event).toMatchObject({ type: 'referral.requested.v1', sequence: '1' })
      released.add(referralId)
    }
    const handles = inbox.pulled.map(({ handle }) => handle)
    for (let from = 0; from < handles.length; from += 10)
      await ala.ack(handles.slice(from, from + 10))
    expect((await ala.pull({ max: 10, waitSeconds: 1 })).body.messages).toEqual([])
  }

  /** What must hold after every restart, whatever was under way when the hub went down. */
  const checkAll = async (hub: HubPlace) => {
    const kept = await sentFrom(hub)
    for (const { answer, submission } of attempts)
      if (answer) expect(kept.get(submission.externalId)).toBe(answer.json.referralId)
    // An unanswered one is there with its entry, or not at all.
    expect(await submitEntries(hub)).toEqual([...kept.values()].toSorted())

    const again = async (attempt: Attempt) => {
      const before = kept.get(attempt.submission.externalId)
      const answer = await send(hub, attempt)
      expect([answer.status, answer.json.code]).toEqual([201, undefined])
      expect(answer.headers.get('idempotency-replayed')).toBe(before === undefined ? null : 'true')
      if (attempt.answer) expect(answer.text).toBe(attempt.answer.text)
      if (before) expect(answer.json.referralId).toBe(before)
      attempt.answer = answer
    }
    const recent = attempts.filter(({ answer }) => !released.has(answer?.json.referralId as string))
    for (let from = 0; from < recent.length; from += 8)
      await Promise.all(recent.slice(from, from + 8).map(again))
    const all = await sentFrom(hub)
    expect(all.size).toBe(attempts.length)
    await pullAll(hub, all)
    expect(await submitEntries(hub)).toEqual([...all.values()].toSorted())
  }

  test.each(moments.map((moment, n) => ({ round: n + 1, ...moment })))(
    'killed in the middle of its work, the hub has all that it answered (after $answers)',
    async ({ round, ...moment }) => {
      running ??= await startProcess(data, aheadMs)
      expect(await workUntil(running, round, 'SIGKILL', moment)).toMatchObject({ code: null })
      expect(attempts.some(({ answer }) => !answer)).toBe(true)
      running = await startProcess(data, aheadMs)
      await checkAll(running)
    },
    60_000,
  )

  test('told to stop, the hub finishes what it has begun and ends well', async () => {
    running ??= await startProcess(data, aheadMs)
    const { url } = running
    const moment = { answers: busy, ms: 11 }
    expect(await workUntil(running, moments.length + 1, 'SIGTERM', moment)).toEqual({
      code: 0,
      // Where it is, twice over: and not a word of a fault.
      said: expect.stringMatching(new RegExp(`^ready ${url}\nconsole ${url}/console [^\n]+\n$`)),
    })
    running = await startProcess(data, aheadMs)
    await checkAll(running)
    expect(await running.end('SIGTERM')).toMatchObject({ code: 0 })
  }, 60_000)

  test.skipIf(process.platform !== 'linux')(
    'nothing that the hub started is left running',
    async () => {
      expect(await processesOf(data)).toEqual([])
    },
  )
}
