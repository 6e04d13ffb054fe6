// Who takes part in the bench beside peers, and what a submission and an opening are to each of them.
import { randomBytes, randomUUID } from 'node:crypto'
import { idempotencyKey, send as sendSigned, signed } from '../journeys/signed-requests.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { type Service, startService, startWords } from './service.ts'

export type Contender = {
  name: string
  service: Service
  /** A body that it is sent. */
  sample: unknown
  /** Makes a submission ready to be sent. */
  prepareSubmit: () => () => Promise<void>
  /** Makes `count` openings of referrals that are there ready to be sent. */
  prepareOpens: (count: number) => Promise<(() => Promise<void>)[]>
}

/** Of all synthetic people the one with the longest body. */
const person = 58

/** Keeps the last thing that was sent of each kind, to be opened. */
const latest = () => {
  const ids: string[] = []
  return {
    add: (id: string) => void (ids.push(id) > 100 && ids.shift()),
    last: (count: number) => ids.slice(-count),
  }
}

const askHub = async (request: ReturnType<typeof signed>, expected: number) => {
  const answer = await sendSigned(request)
  if (answer.status !== expected) throw new Error(`the hub: ${answer.status} ${answer.text}`)
  return answer.json
}

/** The hub as `npm start` runs it, with callers that may go as fast as they like. */
export const hub = async (data: string): Promise<Contender> => {
  const day = new Date('2026-11-21T12:00:00.000Z')
  const service = await startService([
    ...startWords(),
    '--port=0',
    `--data=${data}`,
    `--now=${day.toISOString()}`,
    '--rate=100000',
    '--burst=100000',
  ])
  const place = { url: service.url, data, aheadMs: day.getTime() - Date.now() }
  const post = (who: 'igm-system' | 'ala-system', path: string, body: unknown) =>
    signed(place, who, {
      path,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey() },
    })
  return {
    name: 'hub',
    service,
    sample: submissionOf(person),
    prepareSubmit: () => {
      const request = post('igm-system', '/v1/referrals', submissionOf(person))
      return async () => void (await askHub(request, 201))
    },
    prepareOpens: async count => {
      const pulled = await askHub(
        post('ala-system', '/v1/inbox/pull', { max: count, waitSeconds: 0, content: 'none' }),
        200,
      )
      const messages = pulled['messages'] as { event: { subject: string } }[]
      return messages.map(({ event }) => {
        const path = `/v1/referrals/${event.subject}/release`
        const request = post('ala-system', path, { purpose: 'training-referral' })
        return async () => void (await askHub(request, 200))
      })
    },
  }
}

const asking = (name: string, service: Service, contentType: string, token: string) => {
  const headers = { 'content-type': contentType, authorization: `Bearer ${token}` }
  return async (path: string, expected: number, body?: string) => {
    const answer = await fetch(`${service.url}${path}`, {
      headers,
      ...(body !== undefined && { method: 'POST', body }),
    })
    const text = await answer.text()
    if (answer.status !== expected) throw new Error(`${name}: ${answer.status} ${text}`)
    return JSON.parse(text) as Record<string, unknown>
  }
}

/** A service of one table each for referral, consent and audit, which does the least that may be called a service. */
export const plain = async (folder: string): Promise<Contender> => {
  const token = randomBytes(32).toString('base64url')
  const service = await startService(['test/bench/peers/plain.mjs'], {
    PEER_FOLDER: folder,
    PEER_TOKEN: token,
  })
  const ask = asking('plain', service, 'application/json', token)
  const sent = latest()
  return {
    name: 'plain',
    service,
    sample: submissionOf(person),
    prepareSubmit: () => {
      const body = JSON.stringify(submissionOf(person))
      return async () => {
        const { id } = await ask('/referrals', 201, body)
        sent.add(String(id))
      }
    },
    prepareOpens: async count =>
      sent.last(count).map(id => async () => void (await ask(`/referrals/${id}`, 200))),
  }
}

const entry = (resourceType: string, resource: object) => ({
  fullUrl: `urn:uuid:${randomUUID()}`,
  resource: { resourceType, ...resource },
  request: { method: 'POST', url: resourceType },
})

/** A transaction of referral, consent and audit event, as long as a submission to the hub. */
const bundleOf = () => {
  const { payload, consent, externalId } = submissionOf(person)
  const note = JSON.stringify(payload)
  const { purposes, grantedAt } = consent as { purposes: unknown; grantedAt: string }
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry('ServiceRequest', {
        status: 'active',
        intent: 'order',
        identifier: [{ value: externalId }],
        subject: { display: 'Prueba' },
        note: [{ text: note }],
      }),
      entry('Consent', {
        status: 'active',
        scope: { text: JSON.stringify(purposes) },
        category: [{ text: 'training-referral' }],
        policyRule: { text: 'igm-ala-2026' },
        dateTime: grantedAt,
      }),
      entry('AuditEvent', {
        type: { code: 'rest' },
        recorded: grantedAt,
        agent: [{ requestor: true }],
        source: { observer: { display: 'IGM' } },
      }),
    ],
  }
}

/** FHIR Works on AWS on the hub's own DynamoDB server; what of it is left out, fhir-works.mjs says. */
export const fhirWorks = async (folder: string): Promise<Contender> => {
  const service = await startService(['test/bench/peers/fhir-works.mjs'], {
    PEER_FOLDER: folder,
    RESOURCE_TABLE: 'resources',
    IS_OFFLINE: 'true',
    ACCESS_KEY: 'bench',
    SECRET_KEY: 'bench',
    AWS_REGION: 'us-east-1',
    // In its favour: connections are kept, and nothing is written that nobody reads.
    AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1',
    AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  })
  const ask = asking('FHIR Works', service, 'application/fhir+json', 'bench')
  const sent = latest()
  return {
    name: 'FHIR Works',
    service,
    sample: bundleOf(),
    prepareSubmit: () => {
      const body = JSON.stringify(bundleOf())
      return async () => {
        const { entry: entries } = await ask('/', 200, body)
        const [first] = entries as { response: { location: string } }[]
        sent.add(String(first?.response.location))
      }
    },
    prepareOpens: async count =>
      sent.last(count).map(location => async () => void (await ask(`/${location}`, 200))),
  }
}
