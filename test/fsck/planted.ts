// A hub that has a bit of everything contradicts itself nowhere; a contradiction planted into it is found by its name.
import { expect, test } from 'vitest'
import { check } from '../../fsck/check.ts'
import { fsck, snapshotIn } from '../../fsck/data-folder.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { draftOf } from './draft.ts'
import { kindOf, logPlants } from './plants.ts'
import { rowPlants } from './row-plants.ts'
import { storyOn } from './story.ts'

const plants = { ...logPlants, ...rowPlants }
export const plantNames = Object.keys(plants)

/** Plants each of these into a hub of the file's own. */
export const planted = async (names: readonly string[]): Promise<void> => {
  const place = await ownHub()
  const story = await storyOn(place)
  const snapshot = snapshotIn(place.data)

  test('a running hub contradicts itself nowhere', async () => {
    expect(await fsck(place.data)).toEqual({
      ok: true,
      violations: [],
      referrals: 7,
      consents: 6,
      entries: expect.any(Number),
      pending: 1,
      owed: expect.any(Number),
    })
  })

  test.each(names)('finds %s', async name => {
    const tools = draftOf(snapshot)
    plants[name]?.(tools, story)
    const { ok, violations } = await check(tools.snapshot)
    expect(ok).toBe(false)
    expect(violations.map(({ kind }) => kind)).toContain(kindOf(name))
  })
}
