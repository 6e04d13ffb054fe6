// A local hub of 45 institutions, started as an operator starts it: it serves, each of them gets what is sent to it,
// and it takes the memory of a hub of four.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { hubClient } from '../../../client/hub-client.ts'
import { agreements, institutions } from '../../../infra/declared.ts'
import { hubKey, type PrivateJwk } from '../../../signatures/keys.ts'
import { callerOf, hubFileOf } from '../../journeys/callers.ts'
import { submissionOf } from '../../journeys/submissions.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = temporaryFolder('45')
let child: ChildProcess | undefined
afterAll(async () => {
  child?.kill('SIGTERM')
  if (child?.exitCode === null) await once(child, 'exit')
})

const declared = join(folder, 'agreements')
cpSync(join(root, 'infra/agreements'), declared, { recursive: true })
const file = (name: string, value: unknown) =>
  writeFileSync(join(declared, name), JSON.stringify(value))
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const more = Array.from(
  { length: 45 - institutions().length },
  (_, n) => `Q${letters[Math.floor(n / 26)]}${letters[n % 26]}`,
)
file('institutions.json', [
  ...institutions(),
  ...more.map(code => ({ code, name: `Institución ${code}` })),
])
const [like] = agreements().map(one => ({ ...one, onwardRecipients: [] }))
for (const code of more) {
  const agreementId = `igm-${code.toLowerCase()}-2026`
  const flows = [{ referrer: 'IGM', recipient: code }]
  file(`${agreementId}.json`, { ...like, agreementId, parties: ['IGM', code], flows })
}

const pair = async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  })
  return { jwk: await exportJWK(publicKey), own: (await exportJWK(privateKey)) as PrivateJwk }
}

/** Resident memory of a process, in MiB. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test(
  'a hub of 45 institutions serves each of them, in the memory of one of four',
  { timeout: 240_000 },
  async () => {
    const keys = await Promise.all(more.map(async code => ({ code, ...(await pair()) })))
    const enrol = join(folder, 'first-keys.json')
    writeFileSync(
      enrol,
      JSON.stringify(
        keys.map(({ code, jwk }) => ({ institution: code, roles: ['recipient'], jwk })),
      ),
    )
    const data = join(folder, 'data')
    const at = '2026-11-21T12:00:00.000Z'
    const begun = performance.now()
    const started = Date.now()
    const options = { '--port': '0', '--data': data, '--now': at, '--enrol': enrol }
    child = spawn(
      process.execPath,
      [
        '--import',
        './bin/require-node.mjs',
        'infra/local/start.ts',
        '--agreements',
        declared,
        ...Object.entries(options).flat(),
      ],
      // Built by itself, as `npm start` does.
      { cwd: root, env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const { stdout, pid = 0 } = child
    if (!stdout) throw new Error('no output')
    let said = ''
    for await (const text of stdout.setEncoding('utf8')) {
      said += String(text)
      if (said.includes('\n')) break
    }
    const seconds = (performance.now() - begun) / 1000
    const [, url = ''] = /^ready (\S+)\n/.exec(said) ?? []
    const place = { url, data, aheadMs: Date.parse(at) - started }
    const igm = await callerOf(place, 'igm-system')
    const { authority } = hubFileOf(place)
    for (const { code, own } of keys) {
      const dataCategories = [
        'identity',
        'contact',
        'migrationStatus',
        'trainingProfile',
        'supportNeeds',
      ]
      const purposes = [{ purpose: 'training-referral', recipient: code, dataCategories }]
      const { referralId } = (
        await igm.submitReferral(
          submissionOf(1, {
            recipient: code,
            agreementId: `igm-${code.toLowerCase()}-2026`,
            consent: { purposes },
          }),
        )
      ).body
      const recipient = hubClient({
        url,
        authority,
        key: await hubKey(own),
        retries: 0,
        now: () => new Date(Date.now() + place.aheadMs),
      })
      const { messages } = (await recipient.pull({ max: 1 })).body
      expect(messages.map(message => message.event.subject)).toEqual([referralId])
    }
    const memory = memoryOf(pid)
    console.log(
      `45 institutions: ready after ${seconds.toFixed(1)} s, ${Math.round(memory)} MiB after ${2 * keys.length} requests`,
    )
    expect(memory).toBeLessThan(1024)
  },
)
