// What the command line shows and repeats: against a stand-in that sends it personal data, as a hub does.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hub, records } from './cli.ts'
import { invalidRequest, justSubmitted, standIn, type Fixed, type Seen } from './stand-in.ts'

let folder: string
let close = () => {}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-cli-'))
})
afterEach(async () => {
  close()
  await rm(folder, { recursive: true, force: true })
})

async function serving(answer: (seen: Seen) => Fixed) {
  const started = await standIn(folder, answer)
  close = started.close
  return started.seen
}

const id = '019a0000-0000-7000-8000-000000000000'
const at = '2026-11-21T12:00:00.000Z'
const header = {
  referralId: id,
  folio: 'REF-0000-0000-0',
  agreementId: 'igm-ala-2026',
  referrer: 'IGM',
  recipient: 'ALA',
  priority: 'routine',
  services: ['vocational-profiling'],
  consentId: id,
  ...justSubmitted(at),
  history: [{ status: 'requested', at, by: 'IGM' }],
  milestones: [],
  feedback: 'milestones',
  availableTransitions: ['cancelled'],
  overdue: false,
  externalId: 'EXPEDIENTE-77',
}
const consent = {
  consentId: id,
  referralId: id,
  agreementId: 'igm-ala-2026',
  state: 'granted',
  deletion: 'none',
  purposes: [],
  validUntil: at,
  events: [],
}
const message = {
  handle: 'handle-1',
  receiveCount: 1,
  event: {
    specversion: '1.0',
    id,
    source: 'https://referral-hub.example/v1',
    type: 'referral.requested.v1',
    subject: id,
    time: at,
    datacontenttype: 'application/json',
    sequence: '1',
    data: header,
  },
  payload: {
    identity: { givenNames: ['Suyapa\u009b31m\u202e'], birthDate: '1990-01-01' },
    contact: { phone: '+50200000077', safeToCall: false },
  },
  withheld: ['protection'],
  proof: 'c2sp.org/tlog-proof@v1\nindex 41\n\n',
}
const personal = /Suyapa|50200000077|1990-01-01/

/** A hub that sends content although none was asked for. */
const careless = ({ path }: Seen): Fixed => ({
  status: 200,
  body: path.includes('?') ? { items: [] } : { messages: [message] },
})

describe('without --reveal nothing personal reaches the terminal', () => {
  test.each([[[]], [['--reveal']]])('hub pull shows no content, whatever comes %s', async more => {
    const seen = await serving(careless)
    const { code, out, err } = await hub(['pull', ...more, '--hub', folder])
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ content: 'none' })
    expect(out).toContain('sellado; se abre con hub open REF-0000-0000-0')
    expect(out).toContain('handle-1')
    expect(out + err).not.toMatch(personal)
    expect(code).toBe(0)
  })

  test('hub pull --json says which members are hidden', async () => {
    await serving(careless)
    const { out } = await hub(['pull', '--json', '--hub', folder])
    expect(records(out)[0]).toMatchObject({
      handle: 'handle-1',
      payload: { identity: 'hidden', contact: 'hidden' },
      withheld: ['protection'],
    })
    expect(out).not.toMatch(personal)
  })

  test.each([
    ['open', []],
    ['open', ['--json']],
    ['release', []],
  ])('hub %s names the categories that came %s', async (name, more) => {
    const released = { referral: header, payload: message.payload, withheld: message.withheld }
    const seen = await serving(() => ({ status: 200, body: released }))
    const args = [name, id, '--purpose', 'training-referral', ...more]
    const { code, out, err } = await hub([...args, '--hub', folder])
    expect(seen.map(({ path, body }) => [path, body])).toEqual([
      [`/v1/referrals/${id}/release`, '{"purpose":"training-referral"}'],
    ])
    if (more.length === 0)
      expect(out).toMatch(/abierto +identidad, contacto\n +retenido +medidas de protección/)
    else
      expect(records(out)[0]).toMatchObject({
        payload: { identity: 'hidden', contact: 'hidden' },
        withheld: ['protection'],
      })
    expect(out + err).not.toMatch(personal)
    expect(err).toContain('hub open REF-0000-0000-0 --purpose training-referral --reveal')
    expect(code).toBe(0)
    const revealed = await hub([...args, '--reveal', '--hub', folder])
    expect(revealed.out).toContain('Suyapa\\u009b31m\\u202e')
  })

  test.each([[['show', id]], [['list']]])(
    'hub %s has no content to hide; with --json the sender’s own number is there as it is',
    async args => {
      await serving(({ path }) => ({
        status: 200,
        body: path.includes('?') ? { items: [header] } : header,
      }))
      const { out, code } = await hub([...args, '--json', '--hub', folder])
      expect(records(out)[0]).toMatchObject({ externalId: 'EXPEDIENTE-77' })
      expect(code).toBe(0)
      expect((await hub([...args, '--hub', folder])).out).toContain('REF-0000-0000-0')
    },
  )
})

test('with --reveal the content appears, and its control characters cannot act', async () => {
  const released = { referral: header, payload: message.payload, withheld: [] }
  await serving(() => ({ status: 200, body: released }))
  const args = ['open', id, '--purpose', 'training-referral', '--reveal', '--hub', folder]
  for (const more of [[], ['--json']]) {
    const { out } = await hub([...args, ...more])
    expect(out).toContain('Suyapa\\u009b31m\\u202e')
    expect(out).toContain('+50200000077')
  }
})

describe('hub refer', () => {
  const input = ['uno', 'dos', 'tres'].map(externalId => JSON.stringify({ externalId })).join('\n')

  test('goes on after a refused one, tells code and pointers, and ends with exit 1', async () => {
    const seen = await serving(({ body }) =>
      body.includes('"dos"')
        ? invalidRequest('La solicitud tiene datos no válidos', {
            pointer: '/payload/identity/birthDate',
            code: 'calendar',
          })
        : { status: 201, body: header },
    )
    const { code, out, err } = await hub(['refer', '-', '--hub', folder], { input })
    expect(seen).toHaveLength(3)
    expect(out.match(/REF-0000-0000-0/g)).toHaveLength(2)
    expect(err).toContain(
      'n.º 2: no se aceptó (invalid-request). La solicitud tiene datos no válidos',
    )
    expect(err).toContain('/payload/identity/birthDate  calendar')
    expect(err).toContain('Leídas 3 · enviadas 2 · ya estaban: 0 · no aceptadas 1 · sin enviar 0')
    expect(err + out).not.toMatch(/uno|"dos"|tres/)
    expect(code).toBe(1)
  })

  test('adds a salt of its own to each that has none, and keeps one that is there', async () => {
    const seen = await serving(() => ({ status: 201, body: header }))
    const given = `${input}\n{"externalId":"x","salt":"AAAAAAAAAAAAAAAAAAAAAA"}`
    await hub(['refer', '-', '--hub', folder], { input: given })
    const salts = seen.map(({ body }) => (JSON.parse(body) as { salt: string }).salt)
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16)
    expect(new Set(salts).size).toBe(4)
    expect(salts[3]).toBe('AAAAAAAAAAAAAAAAAAAAAA')
  })
})

test('each command uses the key that fits, and says so', { timeout: 90_000 }, async () => {
  const seen = await serving(({ path }) => ({
    status: 200,
    body: path.endsWith('/pull')
      ? { messages: [] }
      : path.endsWith('/ack')
        ? { results: [{ handle: 'h', ok: true }] }
        : path.endsWith('/release')
          ? { referral: header, payload: {}, withheld: [] }
          : path.includes('/consents/')
            ? consent
            : path.includes('?')
              ? { items: [] }
              : header,
    headers: { etag: '"7"' },
  }))
  const used = async (...args: string[]) => {
    const from = seen.length
    const { err } = await hub([...args, '--hub', folder])
    const names = new Set(seen.slice(from).map(({ as }) => as))
    for (const name of names) expect(err).toContain(`(como ${name}, `)
    return [...names].join()
  }
  expect(await used('list')).toBe('igm-system')
  expect(await used('list', '--direction', 'received')).toBe('ala-system')
  expect(await used('pull')).toBe('ala-system')
  expect(await used('ack', 'h')).toBe('ala-system')
  expect(await used('log', '--limit', '5')).toBe('igm-compliance')
  expect(await used('status', id, 'cancelled', '--reason', 'other')).toBe('igm-system')
  expect(await used('status', id, 'accepted')).toBe('ala-system')
  expect(await used('consent', id)).toBe('igm-system')
  expect(
    await used('withdraw', id, '--requested-by', 'self', '--method', 'in-person', '--yes'),
  ).toBe('igm-system')
  expect(await used('certificate', id, '--json')).toBe('igm-system')
  expect(await used('confirm-deletion', id, '--yes')).toBe('ala-system')
  expect(await used('open', id, '--purpose', 'training-referral')).toBe('ala-system')
})

test('a refusal of the hub is exit 1 with its code and its title', async () => {
  await serving(() => ({
    status: 403,
    body: { status: 403, code: 'forbidden', title: 'No tiene permiso' },
  }))
  const { code, err } = await hub(['show', id, '--hub', folder])
  expect(err).toContain('(forbidden). No tiene permiso')
  expect(code).toBe(1)
})
