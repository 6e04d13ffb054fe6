// What a hub on one machine holds in memory while it works: every function is used, over and over, and the resident
// memory of the hub's process is read as it goes. The DynamoDB server is a process of its own and not in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { HubClient } from '../../client/hub-client.ts'
import { callerOf, type HubPlace, submissionOf } from '../journeys/callers.ts'
import { withdrawalAt } from '../journeys/stages.ts'
import { table } from './measure.ts'

const root = join(import.meta.dirname, '../..')

/** A hub as `npm start` runs it, with nobody's rate in the way; its pid. */
const started = async (data: string) => {
  const limits = ['--rate', '100000', '--burst', '100000']
  const child = spawn(
    process.execPath,
    [
      '--import',
      './bin/require-node.mjs',
      'infra/local/start.ts',
      '--port',
      '0',
      '--data',
      data,
      ...limits,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  for await (const line of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    const [, url] = /^ready (\S+)/.exec(line) ?? []
    if (url !== undefined) {
      child.stdout.resume()
      return { child, url }
    }
  }
  throw new Error('the hub did not start')
}

/** MiB, from procfs. */
const resident = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

type Clients = Record<'igm' | 'ala' | 'officer' | 'liaison', HubClient>

/** A referral's life and what is asked about it: every route but the changes of keys, 24 requests. */
const lifecycle = (place: HubPlace, { igm, ala, officer }: Clients) => {
  let n = 0
  return async (count: () => void): Promise<void> => {
    const counted = async <T>(call: Promise<T>): Promise<T> => {
      const answer = await call.catch((error: unknown) => error as T)
      count()
      return answer
    }
    const submission = submissionOf((n++ % 200) + 1)
    const { body } = await counted(igm.submitReferral(submission))
    const { referralId, consentId } = body as { referralId: string; consentId: string }
    const { messages } = (await counted(ala.pull({ max: 10, waitSeconds: 0 }))).body
    if (messages.length > 0) await counted(ala.ack(messages.map(({ handle }) => handle)))
    for (const status of ['accepted', 'completed'] as const) {
      const { headers } = await counted(ala.getReferral(referralId))
      await counted(ala.changeStatus(referralId, { status }, headers.get('etag') ?? '"1"'))
    }
    await counted(ala.release(referralId, 'training-referral'))
    await counted(igm.listReferrals({ limit: 5 }))
    await counted(igm.getConsent(consentId))
    await counted(igm.request('GET', `/v1/referrals/${referralId}/receipt`))
    await counted(igm.me())
    await counted(igm.getKeys('IGM'))
    await counted(igm.health())
    await counted(igm.openapi())
    await counted(officer.accessLog({ referralId }))
    await counted(officer.logCheckpoint())
    await counted(officer.logEntry(n))
    const news = (await counted(igm.pull({ max: 10, waitSeconds: 0 }))).body.messages
    if (news.length > 0) await counted(igm.ack(news.map(({ handle }) => handle)))
    await counted(igm.withdrawConsent(consentId, withdrawalAt(place)))
    await counted(ala.confirmDeletion(consentId, { at: new Date().toISOString() }))
    await counted(igm.request('GET', `/v1/consents/${consentId}/certificate`))
  }
}

/** Prints the resident memory after each `step` of `requests` requests, made by `callers` side by side. */
export const benchMemory = async (
  { requests, callers, step }: { requests: number; callers: number; step: number },
  print: (line: string) => void,
): Promise<void> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-bench-'))
  const { child, url } = await started(data)
  const pid = child.pid as number
  try {
    const place = { url, data, aheadMs: 0 }
    const clients: Clients = {
      igm: await callerOf(place, 'igm-system'),
      ala: await callerOf(place, 'ala-system'),
      officer: await callerOf(place, 'igm-compliance'),
      liaison: await callerOf(place, 'igm-liaison'),
    }
    const rows: [number, number][] = [[0, Math.round(resident(pid))]]
    let made = 0
    const count = () => {
      made++
      if (made % step === 0) rows.push([made, Math.round(resident(pid))])
    }
    const live = lifecycle(place, clients)
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (made < requests) await live(count)
      }),
    )
    print('\nResident memory of a hub at work, every function used')
    print(table(['requests', 'MiB'], rows))
    await wait(0)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'close')
    rmSync(data, { recursive: true, force: true })
  }
}
