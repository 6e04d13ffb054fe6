// Terms of an agreement that both parties change: what comes of an amendment, and what none may say.
import { describe, expect, test } from 'vitest'
import { termsOf } from '../../events/notice.ts'
import { NoticeCommand } from '../../schemas/notice.ts'
import { after, agreement, ala, igm, now } from './given.ts'
import { type Said, more, refusalOf, standingOf, until } from './notices-given.ts'

const to = (...onwardRecipients: string[]) =>
  refusalOf([igm, { kind: 'amendment', change: { onwardRecipients } }])

describe('given an amendment', () => {
  test('when each party has sent the same change, in whatever order of members, then there is a next version', () => {
    const one = { kind: 'amendment', change: { targetPersons: 300, policy: { retentionDays: 30 } } }
    const other = {
      change: { policy: { retentionDays: 30 }, targetPersons: 300 },
      kind: 'amendment',
    }
    const at = after(now, 5000)
    const standing = standingOf([igm, one], [ala, other, at])
    expect(standing.versions.map(({ version, from }) => [version, from])).toEqual([
      [1, agreement.inForceFrom],
      [2, at],
    ])
    expect(standing.agreement).toMatchObject({ version: 2, notices: 2, targetPersons: 300 })
    expect(termsOf(standing.agreement)).toEqual({
      ...agreement,
      targetPersons: 300,
      policy: { ...agreement.policy, retentionDays: 30 },
    })
    // What referrals came under before is as it was.
    expect(standing.versions[0]?.terms).toEqual(agreement)
  })

  test('when the changes differ, or one party says it alone, then the terms stay', () => {
    const other = { kind: 'amendment', change: { targetPersons: 301 } }
    const signed = { ...more, documentSha256: 'a'.repeat(64) }
    for (const said of [
      [[igm, more]],
      [
        [igm, more],
        [ala, other],
      ],
      [
        [igm, more],
        [ala, signed],
      ],
    ] as Said[][])
      expect(standingOf(...said).agreement).toMatchObject(agreement)
    const twice = standingOf([igm, more], [igm, more])
    expect([twice.versions.length, twice.awaiting.map(one => one.from)]).toEqual([1, [[ala]]])
  })

  test('then its onward recipients are institutions of the hub, and no parties', () => {
    expect([to(), to('OIM')]).toEqual(['taken', 'taken'])
    for (const other of ['ALA', 'NADIE'])
      expect(to('OIM', other)).toBe('invalid-request /change/onwardRecipients/1 not-allowed')
  })

  test('then one that changes nothing, or more than an addendum may, is no notice', () => {
    for (const change of [
      {},
      { parties: ['IGM', 'XXX'] },
      { inForceUntil: until },
      { targetPersons: 0 },
    ])
      expect(NoticeCommand.safeParse({ kind: 'amendment', change }).success).toBe(false)
  })
})
