// When the referrer is told of a milestone: as far as the person consented to it.
import { describe, expect, test } from 'vitest'
import { recordMilestone, voidMilestone } from '../../events/milestone.ts'
import { after, ala, now } from './given.ts'
import {
  around,
  consentTo,
  everything,
  feedback,
  followed,
  handover,
  line,
  today,
  training,
} from './milestones-given.ts'

const tells = (consent: typeof everything, at = now) => {
  const facts = [
    recordMilestone({ milestone: 'profiled', on: today }, followed(), {
      ...around,
      consent,
      now: at,
    }),
    voidMilestone(1, followed([['profiled', today]]), { ...around, consent, now: at }),
  ]
  return facts.map(fact => ('refused' in fact ? fact : [fact.feedback, fact.tells]))
}

describe('the referrer is told', () => {
  test('where the consent has status-feedback for it, as long as it lasts', () => {
    const last = everything.terms.validUntil
    expect(tells(everything, last)).toEqual([
      ['milestones', true],
      ['milestones', true],
    ])
    expect(tells(everything, after(last, 1))).toEqual([
      ['milestones', false],
      ['milestones', false],
    ])
    for (const event of ['withdrawn', 'expired'] as const)
      expect(tells(consentTo([training, feedback], event))).toEqual([
        ['milestones', false],
        ['milestones', false],
      ])
  })

  test('and nowhere else: a feedback for somebody else is none for it', () => {
    for (const purposes of [
      [training],
      [training, handover],
      [training, line('status-feedback', ala)],
    ])
      expect(tells(consentTo(purposes))).toEqual([
        ['status-only', false],
        ['status-only', false],
      ])
  })
})
