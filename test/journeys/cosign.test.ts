// Liaisons countersign the log: what they get is provable by themselves, and nothing that was cosigned can be taken
// back or overtaken by an older one.
import { describe, expect, test } from 'vitest'
import { newKey } from '../../signatures/keys.ts'
import type { CosignAnswer } from '../../schemas/access-log.ts'
import { naiveTree } from '../log/naive-tree.ts'
import { awsClients } from './aws-clients.ts'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw, signed } from './signed-requests.ts'
import { cosignature, cosignedBy, keyidOf, secondsNow } from './cosigning.ts'
import { bare, origin, sizeOf, textOf } from './checkpoint-notes.ts'
import { accepted, checkpointOf, offer, path, refused, tablesOf } from './offering.ts'
import { emptyHub } from './empty-hub.ts'
import { hashesIn, tilesOf } from './tlog-reader.ts'

const hub = await emptyHub()
const { dynamodb } = awsClients(hub.hub)
const { rowsOf, put, enrolled } = tablesOf(hub, dynamodb)

/** Leaf hashes as a liaison reads them. */
const leavesOf = async (size: number): Promise<Buffer[]> => {
  const tiles = tilesOf(0, size).map(async tile => {
    const request = signed(hub, 'igm-liaison', { path: `/v1/access-log/tile/${tile}` })
    return hashesIn(Buffer.from(await (await fetch(request.url, request)).arrayBuffer()))
  })
  return (await Promise.all(tiles)).flat()
}
const listed = async (who: 'igm-liaison' | 'ala-compliance' = 'ala-compliance') => {
  const { json } = await raw(hub, who, { path })
  return (json as unknown as { items: CosignAnswer[] }).items
}

// The log has something in it.
for (const name of ['igm-liaison', 'ala-liaison'] as const)
  await raw(hub, name, { path: '/v1/referrals' })

describe('a liaison', () => {
  let first = ''

  test('cosigns the last checkpoint, and it is served with that checkpoint from then on', async () => {
    first = await checkpointOf(hub)
    const time = secondsNow(hub)
    const note = cosignedBy(hub, 'igm-liaison', first, time)
    const answer = accepted(await offer(hub, 'igm-liaison', note))
    expect(answer).toEqual({
      institution: 'IGM',
      keyid: keyidOf(hub, 'igm-liaison'),
      origin,
      size: sizeOf(first),
      cosignedAt: new Date(time * 1000).toISOString(),
      proof: [],
      checkpoint: note,
    })
    expect((await raw(hub, 'ala-liaison', { path: '/v1/access-log/checkpoint' })).text).toBe(note)
    const { origin: _origin, proof: _proof, ...item } = answer
    for (const who of ['igm-liaison', 'ala-compliance'] as const)
      expect(await listed(who)).toEqual([item])
  })

  test('gets with the next one the proof that it continues the last, as RFC 6962 words it', async () => {
    for (let n = 0; n < 5; n++) await raw(hub, 'igm-liaison', { path: '/v1/referrals' })
    const second = await checkpointOf(hub)
    const [old, size] = [sizeOf(first), sizeOf(second)]
    expect(size).toBeGreaterThan(old)
    const note = cosignedBy(hub, 'igm-liaison', second)
    const { proof } = accepted(await offer(hub, 'igm-liaison', note))
    const naive = naiveTree(await leavesOf(size))
    expect(naive.root(old).toString('base64')).toBe(first.split('\n')[2])
    expect(naive.root(size).toString('base64')).toBe(second.split('\n')[2])
    expect(proof).toEqual(naive.consistency(old, size).map(hash => hash.toString('base64')))
    expect(proof.length).toBeGreaterThan(0)
    // The checkpoint that was cosigned before is kept, and nothing of it is served as the newest.
    expect((await rowsOf('cosigned#IGM')).map(row => row.size)).toEqual([old, size])
    expect((await listed()).map(item => item.size)).toEqual([size])
  })

  test('is written down as the one who did it', async () => {
    const { body } = await (
      await callerOf(hub, 'igm-compliance')
    ).accessLog({ action: 'access-log.cosign' })
    expect(body.items).toHaveLength(2)
    expect(body.items[0]).toMatchObject({
      outcome: 'allowed',
      actor: { institution: 'IGM', keyid: keyidOf(hub, 'igm-liaison'), role: 'liaison' },
      request: { method: 'POST', path },
    })
  })

  test('gets the same answer for a request sent again, and nothing is kept twice', async () => {
    const note = cosignedBy(hub, 'igm-liaison', await checkpointOf(hub))
    const key = { 'idempotency-key': idempotencyKey() }
    const before = await rowsOf('cosigned#IGM')
    const [one, again] = [
      await offer(hub, 'igm-liaison', note, key),
      await offer(hub, 'igm-liaison', note, key),
    ]
    expect(again.text).toBe(one.text)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    // And the same cosignature in another request.
    expect(accepted(await offer(hub, 'igm-liaison', note)).checkpoint).toBe(note)
    expect(await rowsOf('cosigned#IGM')).toHaveLength(before.length + 1)
  })

  test('reads all hashes of the log, and no entry of it; what they try is written down', async () => {
    const size = sizeOf(await checkpointOf(hub))
    expect(await leavesOf(size)).toHaveLength(size)
    const denied = [
      '/v1/access-log',
      '/v1/access-log/tile/entries/000.p/1',
      '/v1/access-log/entries/0/proof',
    ]
    for (const one of denied) {
      const answer = await raw(hub, 'ala-liaison', { path: one })
      expect(refused(answer)).toEqual([403, 'forbidden'])
      const officer = await callerOf(hub, 'ala-compliance')
      const { items } = (await officer.accessLog({ outcome: 'denied', limit: 200 })).body
      expect(items.find(({ request }) => request.id === answer.json['instance'])).toMatchObject({
        code: 'forbidden',
        request: { path: one },
      })
    }
  })
})

test('two institutions that cosign the same checkpoint at the same time are both kept with it', async () => {
  const note = await checkpointOf(hub)
  const time = secondsNow(hub)
  const notes = (['igm-liaison', 'ala-liaison'] as const).map(
    who => [who, cosignedBy(hub, who, note, time)] as const,
  )
  await Promise.all(notes.map(async ([who, one]) => accepted(await offer(hub, who, one))))
  const { text } = await raw(hub, 'ala-compliance', { path: '/v1/access-log/checkpoint' })
  const lines = notes.map(([, one]) => one.slice(bare(note).length))
  expect(text.startsWith(bare(note))).toBe(true)
  for (const line of lines) expect(text).toContain(line)
  expect(text.length).toBe(bare(note).length + lines.join('').length)
  for (const { checkpoint } of await listed()) expect(checkpoint).toBe(text)
})

test('one institution that cosigns many checkpoints at once ends at the largest, and never goes back', async () => {
  const checkpoints: string[] = []
  for (let n = 0; n < 4; n++) checkpoints.push(await checkpointOf(hub))
  const [time, sizes] = [secondsNow(hub), checkpoints.map(sizeOf)]
  const before = (await rowsOf('cosigned#ALA')).length
  const answers = await Promise.all(
    [...checkpoints, ...checkpoints].map(note =>
      offer(hub, 'ala-liaison', cosignedBy(hub, 'ala-liaison', note, time)),
    ),
  )
  for (const answer of answers)
    expect([undefined, 'checkpoint-older', 'request-in-progress']).toContain(answer.json.code)
  const history = (await rowsOf('cosigned#ALA')).map(row => row.size as number)
  expect(history.slice(before)).toEqual(history.slice(before).toSorted((a, b) => a - b))
  // Each size is kept at most once, however often it was sent.
  expect(new Set(history.slice(before)).size).toBe(history.length - before)
  const [last] = (await listed()).filter(({ institution }) => institution === 'ALA')
  expect(last?.size).toBe(Math.max(...sizes))
})

test('two keys of one institution on one checkpoint are both kept', async () => {
  const { keyid, jwk } = await enrolled('IGM', await newKey())
  const note = await checkpointOf(hub)
  accepted(await offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', note)))
  const own = cosignature(textOf(note), { jwk, time: secondsNow(hub) })
  const { checkpoint } = accepted(await offer(hub, { keyid, jwk }, bare(note) + own))
  expect(checkpoint).toBe(cosignedBy(hub, 'igm-liaison', note, secondsOf(checkpoint)) + own)
})
/** The time in the first cosignature of a note. */
const secondsOf = (note: string) => {
  const [line = ''] = note.slice(bare(note).length).split('\n')
  return Number(Buffer.from(line.split(' ')[2] ?? '', 'base64').readBigUInt64BE(4))
}

test('a log that was rewritten after an institution cosigned it is found out when it cosigns again', async () => {
  accepted(await offer(hub, 'ala-liaison', cosignedBy(hub, 'ala-liaison', await checkpointOf(hub))))
  const row = (await rowsOf('cosigned')).find(({ sk }) => sk === 'ALA') ?? {}
  // What ALA cosigned was another tree than the hub's tiles now give.
  await put({ ...row, root: Buffer.alloc(32, 5).toString('base64') })
  const lines = hub.lines.length
  const note = cosignedBy(hub, 'ala-liaison', await checkpointOf(hub))
  expect(refused(await offer(hub, 'ala-liaison', note))).toEqual([409, 'checkpoint-inconsistent'])
  expect(hub.lines.slice(lines).join('\n')).toContain('"checkpoint-inconsistent"')
  await put(row)
})
