// What a hub on one machine holds in memory while it works: every function is used, over and over, and the resident
// memory of the hub's process is read as it goes. The DynamoDB server is a process of its own and not in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HubClient } from '../../client/hub-client.ts'
import { callerOf, type HubPlace } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { withdrawalAt } from '../journeys/stages.ts'
import { table } from './measure.ts'
import { startWords } from './service.ts'

const root = join(import.meta.dirname, '../..')

/** A hub as `npm start` runs it, with nobody's rate in the way, and where it serves. */
const started = async (data: string) => {
  const limits = ['--rate', '100000', '--burst', '100000']
  const child = spawn(
    process.execPath,
    [...startWords(), '--port', '0', '--data', data, ...limits],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
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

type Clients = Record<'igm' | 'ala' | 'officer', HubClient>

/** Lives of `side` referrals, and what is asked about them: every route but the changes of keys. Tells each request. */
const lives = async (
  place: HubPlace,
  { igm, ala, officer }: Clients,
  { side, count }: { side: number; count: () => void },
): Promise<number> => {
  let made = 0
  const counted = async <T>(call: Promise<T>): Promise<T> => {
    const answer = await call
    made++
    count()
    return answer
  }
  const emptied = async (client: HubClient) => {
    for (;;) {
      const { messages } = (await counted(client.pull({ max: 10, waitSeconds: 0 }))).body
      if (messages.length === 0) return
      await counted(client.ack(messages.map(({ handle }) => handle)))
    }
  }
  const each = Array.from({ length: side }, (_, n) => n + 1)
  const sent = await Promise.all(each.map(n => counted(igm.submitReferral(submissionOf(n)))))
  await emptied(ala)
  await Promise.all(
    sent.map(async ({ body: { referralId, consentId } }) => {
      for (const status of ['accepted', 'completed'] as const) {
        const { headers } = await counted(ala.getReferral(referralId))
        await counted(ala.changeStatus(referralId, { status }, headers.get('etag') ?? ''))
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
      await counted(officer.logKey())
      await counted(igm.withdrawConsent(consentId, withdrawalAt(place)))
      const at = new Date().toISOString()
      await counted(ala.confirmDeletion(consentId, { at }))
      await counted(igm.request('GET', `/v1/consents/${consentId}/certificate`))
    }),
  )
  await emptied(igm)
  return made
}

/** Prints the resident memory after each `step` of `requests` requests. */
export const benchMemory = async (
  { requests, step }: { requests: number; step: number },
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
    }
    const rows: [number, number][] = [[0, Math.round(resident(pid))]]
    let made = 0
    const count = () => {
      made++
      if (made % step === 0) rows.push([made, Math.round(resident(pid))])
    }
    for (let left = requests; left > 0;) left -= await lives(place, clients, { side: 4, count })
    print('\nResident memory of a hub at work, every function used')
    print(table(['requests', 'MiB'], rows))
  } finally {
    child.kill('SIGTERM')
    await once(child, 'close')
    rmSync(data, { recursive: true, force: true })
  }
}
