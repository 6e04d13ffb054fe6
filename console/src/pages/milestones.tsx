// How far a person has come: recording a step on its day, and voiding what was recorded in error.
import { useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import { fieldCodes } from '../../../schemas/field-codes.ts'
import type { Milestone } from '../../../schemas/milestone.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { faultOf, plainFaults } from '../../../texts/plain-faults.ts'
import { milestoneLabels } from '../../../texts/referral.ts'
import { valuesOf } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { choicesOf, Day, ErrorSummary, Radios, type Wrong } from '../fields.tsx'
import { Button, Problem } from '../parts.tsx'
import { day, label } from '../say.ts'
import { say } from './case-words.ts'
import { session } from '../session.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

/** What the hub refuses of a step: the day, or the step itself. */
const wrongsOf = (refusal: unknown): Wrong[] =>
  !(refusal instanceof HubError)
    ? []
    : refusal.errors.flatMap(({ pointer, code }) => {
        const [id] = (['on', 'milestone'] as const).filter(name => pointer === `/${name}`)
        if (id === undefined) return []
        const asked = say(id === 'on' ? 'milestone.on' : 'milestone.which')
        return [{ id, text: faultOf(asked, label({ ...fieldCodes, ...plainFaults }, code)) }]
      })

const open: readonly string[] = ['accepted', 'in-progress', 'on-hold']

export const Milestones = (one: Case) => {
  const { of, header, begin, done } = one
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, run } = useCaseDoing(one)
  const { referralId, milestones, status } = header
  const sent = (send: (key: string) => Promise<unknown>) => {
    const key = randomToken(16)
    return run(async () => {
      try {
        await untilAnswered(
          () => send(key),
          () => session.get() === of,
        )
      } catch (refusal) {
        const found = wrongsOf(refusal)
        setWrongs(found)
        if (found.length === 0) throw refusal
        return
      }
      done('case.done')
    })
  }
  const record = (value: (name: string) => string) => {
    const [milestone, on] = [value('milestone'), value('on')]
    begin()
    const found: Wrong[] = [
      ...(milestone === '' ? [{ id: 'milestone', text: say('milestone.which-missing') }] : []),
      ...(on === '' ? [{ id: 'on', text: say('milestone.on-missing') }] : []),
    ]
    setWrongs(found)
    if (found.length > 0) return
    void sent(key =>
      of.client.recordMilestone(referralId, { milestone: milestone as Milestone, on }, key),
    )
  }
  const wrong = (id: string) => wrongs.find(found => found.id === id)?.text
  if (milestones.length === 0 && !open.includes(status)) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{say('milestone.title')}</h2>
      {error !== undefined && <Problem error={error} />}
      <ul class="govuk-list">
        {milestones.map(({ n, milestone, on, voidedAt }) => (
          <li key={n}>
            {day(on)}: {label(milestoneLabels, milestone)}
            {voidedAt === undefined ? (
              <button
                class="rh-plain govuk-link"
                type="button"
                aria-label={`${say('milestone.void')}: ${label(milestoneLabels, milestone)}, ${day(on)}`}
                onClick={() => void sent(key => of.client.voidMilestone(referralId, n, key))}
              >
                {say('milestone.void')}
              </button>
            ) : (
              ` (${say('milestone.voided')})`
            )}
          </li>
        ))}
      </ul>
      {open.includes(status) && (
        <form noValidate onSubmit={event => record(valuesOf(event))}>
          <ErrorSummary wrongs={wrongs} />
          <Radios
            id="milestone"
            label={say('milestone.which')}
            wrong={wrong('milestone')}
            choices={choicesOf(milestoneLabels)}
          />
          <Day id="on" label={say('milestone.on')} wrong={wrong('on')} />
          <Button busy={busy}>{say('milestone.send')}</Button>
        </form>
      )}
    </section>
  )
}
