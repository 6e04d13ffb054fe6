// Keys of invented people, to try the console with on this machine: the gateway answers for them beside the template.
// No deployed hub has these paths, nor anything that could answer them (test/infra/console.whole.test.ts).
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import type { Serving } from './gateway.ts'
import type { Answer } from './http-event.ts'
import { type Caller, ensureSigningKeys } from './signing-keys.ts'

/**
 * Whom the console can be tried as. Those that hub.json has too have the same key; the others' are made, and enrolled,
 * when they are first asked for.
 */
export const localPeople: readonly Caller[] = [
  { name: 'ala-intake', institution: 'ALA', roles: ['recipient'], post: 'ALA-ACOG-01' },
  { name: 'igm-refers', institution: 'IGM', roles: ['referrer'], post: 'IGM-REF-01' },
  { name: 'igm-compliance', institution: 'IGM', roles: ['compliance-officer'] },
  { name: 'igm-liaison', institution: 'IGM', roles: ['liaison'] },
  { name: 'igm-liaison-2', institution: 'IGM', roles: ['liaison'] },
  { name: 'ala-liaison', institution: 'ALA', roles: ['liaison'] },
  { name: 'igm-signatory', institution: 'IGM', roles: ['signatory'] },
  { name: 'ala-signatory', institution: 'ALA', roles: ['signatory'] },
]

const path = '/console/local-keys'

const json = (body: unknown): Answer => ({
  status: 200,
  headers: [
    ['content-type', 'application/json'],
    ['cache-control', 'no-store'],
    ['cross-origin-resource-policy', 'same-origin'],
  ],
  body: Buffer.from(JSON.stringify(body)),
})

/**
 * `GET /console/local-keys`: the people's names. `POST /console/local-keys/<name>`: one's private key, for the page
 * that this very hub has served: not for another site's, nor for one that calls this machine by a name of its own (DNS
 * rebinding).
 *
 * @param enrol adds a key to the hub's directory, and leaves one that is there
 */
export const consoleKeys =
  (
    data: string,
    authority: string,
    enrol: (key: DirectoryKey) => Promise<unknown>,
  ): NonNullable<Serving['beside']> =>
  async (request: IncomingMessage, asked: string) => {
    const { host, 'sec-fetch-site': site } = request.headers
    const hosts = [authority, authority.replace('127.0.0.1', 'localhost')]
    if (site !== 'same-origin' || host === undefined || !hosts.includes(host)) return undefined
    if (asked === path && request.method === 'GET')
      return json({
        people: localPeople.map(({ name, institution, roles }) => ({ name, institution, roles })),
      })
    const who = localPeople.find(({ name }) => asked === `${path}/${name}`)
    if (!who || request.method !== 'POST') return undefined
    const [made] = await ensureSigningKeys(data, [who])
    if (!made) throw new Error(`no key for ${who.name}`)
    await enrol(made.enrol)
    return json({ name: who.name, jwk: JSON.parse(readFileSync(made.key.file, 'utf8')) as unknown })
  }
