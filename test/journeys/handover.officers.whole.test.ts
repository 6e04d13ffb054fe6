// What the compliance officers of each institution are shown of a referral and of what was handed over of it, whatever
// way they ask: the referrer's of the one, both sides' of the other. One row each.
import { expect, test } from 'vitest'
import { raw } from './signed-requests.ts'
import { handedOverOn, handoverConsent, line } from './handovers.ts'
import { enrolledHolder } from './key-holders.ts'
import { ownHub } from './own-hub.ts'
import { withdraw } from './stages.ts'

const hub = await ownHub()
const { igm, ala, oim, handedOver, answered } = await handedOverOn(hub)
const today = '2026-11-21'
/** Its person consented to feedback. */
const told = await handedOver(1)
/** Its person did not. */
const quiet = await handedOver(2, {
  consent: { purposes: [line('training-referral', 'ALA'), line('job-placement-handover', 'OIM')] },
})
for (const { child } of [told, quiet]) {
  await answered(child, 'accepted')
  await oim.recordMilestone(child.referralId, { milestone: 'placed', on: today })
  await oim.release(child.referralId, 'job-placement-handover')
}
const ended = await handedOver(3, handoverConsent())
await withdraw(hub, igm, ended.parent.consentId)
const children = [told, quiet, ended].map(({ child }) => child)

const holders = {
  IGM: 'igm-compliance',
  ALA: 'ala-compliance',
  OIM: await enrolledHolder(hub, 'OIM', ['compliance-officer']),
} as const
type Officer = keyof typeof holders
type Shown = {
  index: number
  action: string
  referralId?: string
  partOf?: string
  actor: { institution: string }
}
const asks = async (officer: Officer, path: string, query = '') => {
  const { status, json, text } = await raw(hub, holders[officer], { path: `/v1/${path}`, query })
  return { status, json: json as Record<string, unknown>, text }
}
/** All entries that a query shows, but for what the asking itself and refusals of the officer's own left there. */
const entries = async (officer: Officer, query: string): Promise<Shown[]> => {
  const all: Shown[] = []
  for (let cursor: unknown = '', first = true; first || cursor !== undefined; first = false) {
    const more = cursor === '' ? '' : `&cursor=${String(cursor)}`
    const { status, json } = await asks(officer, 'access-log', `limit=200&${query}${more}`)
    expect(status).toBe(200)
    all.push(...(json['items'] as Shown[]))
    cursor = json['next']
  }
  const own = [
    'access-log.query',
    'access-log.read',
    'referral.read',
    'consent.read',
    'consent.certificate',
  ]
  return all.filter(({ action, actor }) => !(own.includes(action) && actor.institution === officer))
}
const actions = async (officer: Officer, query: string) =>
  [...new Set((await entries(officer, query)).map(({ action }) => action))].toSorted()
const showsNoChild = (text: string) => {
  for (const { referralId, folio } of children)
    for (const name of [referralId, folio]) expect(text).not.toContain(name)
}

test.each<[Officer, string, 'told' | 'quiet', 'parent' | 'child', number]>([
  ['IGM', 'reads the header of what IGM sent', 'told', 'parent', 200],
  ['IGM', 'does not read the handover of it', 'told', 'child', 403],
  ['IGM', 'does not read a handover without feedback', 'quiet', 'child', 403],
  ['ALA', 'reads the header of what ALA received', 'told', 'parent', 200],
  ['ALA', 'reads the header of what ALA handed over', 'told', 'child', 200],
  ['OIM', 'does not read what was handed over', 'told', 'parent', 403],
  ['OIM', 'reads the header of what OIM received', 'told', 'child', 200],
])('header: the officer of %s %s (%s, %s)', async (officer, _, which, of, status) => {
  const { referralId } = { told, quiet }[which][of]
  const answer = await asks(officer, `referrals/${referralId}`)
  expect(answer.status).toBe(status)
  expect(answer.text).not.toContain('externalId')
})

test.each<[Officer, string, string, number, number]>([
  ['IGM', 'what IGM sent', 'direction=sent&limit=200', 3, 0],
  ['IGM', 'what IGM received', 'direction=received&limit=200', 0, 0],
  ['IGM', 'parts of what it sent', `partOf=${told.parent.referralId}`, 0, 0],
  ['IGM', 'the folio of a handover', `folio=${told.child.folio}`, 0, 0],
  ['ALA', 'what ALA sent', 'direction=sent&limit=200', 0, 3],
  ['ALA', 'what ALA received', 'direction=received&limit=200', 3, 0],
  ['ALA', 'parts of what it received', `partOf=${told.parent.referralId}`, 0, 1],
  ['ALA', 'the folio of a handover', `folio=${told.child.folio}`, 0, 1],
  ['OIM', 'what OIM received', 'direction=received&limit=200', 0, 3],
  ['OIM', 'the folio of the parent', `folio=${told.parent.folio}`, 0, 0],
])('list: the officer of %s, of %s', async (officer, _, query, parents, handovers) => {
  const { status, json } = await asks(officer, 'referrals', query)
  const items = json['items'] as { partOf?: string }[]
  expect(status).toBe(200)
  expect(items.filter(({ partOf }) => partOf === undefined)).toHaveLength(parents)
  expect(items.filter(({ partOf }) => partOf !== undefined)).toHaveLength(handovers)
})

const worked = [
  'inbox.ack',
  'referral.handover',
  'referral.milestone',
  'referral.release',
  'referral.status',
]
test.each<[Officer, string, string, string[]]>([
  ['IGM', 'the handover', `referralId=${told.child.referralId}`, []],
  ['ALA', 'the handover', `referralId=${told.child.referralId}`, [...worked, 'referral.read']],
  ['OIM', 'the handover', `referralId=${told.child.referralId}`, [...worked, 'referral.read']],
  ['OIM', 'the one that it is part of', `referralId=${told.parent.referralId}`, []],
  // What it was refused of IGM's own is there.
  ['IGM', 'what OIM did', 'institution=OIM&outcome=allowed', []],
  ['IGM', 'placements', 'purpose=job-placement-handover', []],
  ['OIM', 'placements', 'purpose=job-placement-handover', ['referral.release']],
])('log: the officer of %s asks about %s', async (officer, _, query, expected) => {
  expect(await actions(officer, query)).toEqual(expected.toSorted())
})

test.each<[Officer, 'told' | 'quiet', number, number]>([
  ['IGM', 'told', 1, 0],
  ['IGM', 'quiet', 0, 0],
  ['ALA', 'told', 1, 1],
  ['ALA', 'quiet', 1, 1],
  ['OIM', 'told', 0, 1],
  ['OIM', 'quiet', 0, 1],
])(
  'log: by the consent the officer of %s finds of a handover (%s) its entry in the parent’s chain, and in its own',
  async (officer, which, ofParent, ofChild) => {
    const { parent, child } = { told, quiet }[which]
    const all = await entries(officer, `consentId=${parent.consentId}`)
    const handovers = all.filter(({ action }) => action === 'referral.handover')
    const of = (id: string) => handovers.filter(({ referralId }) => referralId === id)
    expect([of(parent.referralId).length, of(child.referralId).length]).toEqual([ofParent, ofChild])
    for (const one of of(parent.referralId)) expect(one).not.toHaveProperty('partOf')
    for (const one of of(child.referralId)) expect(one.partOf).toBe(parent.referralId)
    if (officer === 'IGM') showsNoChild(JSON.stringify(all))
  },
)

test.each<[Officer, number, number]>([
  // One each for the parents whose person consented to feedback.
  ['IGM', 2, 0],
  ['ALA', 6, 4],
  ['OIM', 3, 4],
])(
  'summary: the officer of %s counts what a query shows',
  async (officer, handovers, placements) => {
    const { json } = await asks(officer, 'access-log/summary', `from=${today}&to=${today}`)
    const [day] = json['days'] as { counts: { action: string; outcome: string; n: number }[] }[]
    const count = day?.counts.find(
      ({ action, outcome }) => action === 'referral.handover' && outcome === 'allowed',
    )
    expect(count?.n ?? 0).toBe(handovers)
    const releases = json['releases'] as { purpose: string; n: number }[]
    const opened = releases.filter(({ purpose }) => purpose === 'job-placement-handover')
    expect(opened.reduce((sum, { n }) => sum + n, 0)).toBe(placements)
  },
)

test.each<[Officer, number]>([
  ['IGM', 403],
  ['ALA', 200],
  ['OIM', 200],
])('entry: the officer of %s asks for the handover’s by its place', async (officer, status) => {
  const [entry] = await entries(
    'ALA',
    `referralId=${told.child.referralId}&action=referral.handover`,
  )
  const answer = await asks(officer, `access-log/entries/${entry?.index}`)
  expect(answer.status).toBe(status)
  if (status === 403) showsNoChild(answer.text)
})

test.each<[Officer, 'told' | 'ended', number]>([
  ['IGM', 'told', 200],
  ['IGM', 'ended', 200],
  ['ALA', 'told', 200],
  ['OIM', 'told', 200],
])('consent: the officer of %s (%s)', async (officer, which, status) => {
  const { parent, child } = { told, ended }[which]
  const answer = await asks(officer, `consents/${parent.consentId}`)
  expect(answer.status).toBe(status)
  if (officer === 'IGM') showsNoChild(answer.text)
  expect(answer.json['referralId']).toBe((officer === 'OIM' ? child : parent).referralId)
})

test.each<[Officer, number]>([
  ['IGM', 200],
  ['ALA', 200],
  // Party to no agreement: it asks, and does not read all of the tree.
  ['OIM', 403],
])(
  'export: to the officer of %s the tree is whole, with ids and codes and nothing of a person',
  async (officer, status) => {
    const { json } = await asks('ALA', 'access-log', 'limit=1')
    const [{ index } = { index: 0 }] = json['items'] as Shown[]
    await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
    const answer = await asks(officer, `access-log/tile/entries/000.p/${Math.min(index, 255)}`)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('Prueba')
  },
)

test('history: what the referrer is shown of its own referral names nobody behind its recipient', async () => {
  for (const { parent } of [told, quiet, ended]) {
    const { body } = await igm.getReferral(parent.referralId)
    showsNoChild(JSON.stringify(body))
    expect(JSON.stringify(body)).not.toContain('OIM')
  }
  const milestones = [told, quiet].map(({ parent }) => parent.referralId)
  const shown = await Promise.all(
    milestones.map(async id => (await igm.getReferral(id)).body.milestones),
  )
  expect(shown.map(all => all.map(({ milestone }) => milestone))).toEqual([['handed-over-iom'], []])
  expect((await ala.getReferral(told.parent.referralId)).body.milestones).toHaveLength(1)
})
