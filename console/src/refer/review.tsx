// All that was answered, with a way to change each, before it is sent; and sending it, once.
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import { categoryLabels } from '../../../texts/labels.ts'
import { useDoing } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { ErrorSummary } from '../fields.tsx'
import { Button, Heading, Link, Notice, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import { label } from '../say.ts'
import { session, type Session } from '../session.ts'
import { categoriesIn, grantedIn } from './answers.ts'
import { type Fault, faultsOf, faultsOfRefusal } from './check.ts'
import { type Draft, dropDraft, toSend } from './draft.ts'
import type { Question } from './question.ts'
import { type Group, groups, questionsOf, stepsIn } from './questions.ts'
import { asOfNow, pathOf } from './step.tsx'
import { answerInWords, faultInWords, say, titleOf } from './words.ts'

type Row = { step: string; question: Question }

const rowsIn = (group: Group, { answers, about }: Draft): Row[] =>
  stepsIn(answers, about)[group].flatMap(step =>
    questionsOf(step, answers, about).map(question => ({ step, question })),
  )

const rowId = (id: string) => `change-${id}`

const Part = ({ group, draft }: { group: Group; draft: Draft }) => (
  <section>
    <h2 class="govuk-heading-m">{say(`refer.group-${group}`)}</h2>
    <dl class="govuk-summary-list rh-answers" translate={false}>
      {rowsIn(group, draft).map(({ step, question }) => (
        <div class="govuk-summary-list__row" key={question.id}>
          <dt class="govuk-summary-list__key">{say(question.ask, question.values)}</dt>
          <dd class="govuk-summary-list__value">
            <bdi>{answerInWords(question, draft.answers)}</bdi>
          </dd>
          <dd class="govuk-summary-list__actions">
            <Link to={pathOf(step)} id={rowId(question.id)}>
              {say('refer.change')}
              <span class="govuk-visually-hidden">
                {' '}
                {titleOf(step)}: {say(question.ask, question.values)}
              </span>
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  </section>
)

/** Kinds of data that were asked about and that nobody was permitted to see: they stay here. */
const unsent = ({ answers, about }: Draft): string[] => {
  const seen = grantedIn(answers, about).flatMap(({ dataCategories }) => dataCategories)
  return categoriesIn(answers).filter(
    category => !seen.includes(category) && category !== 'trainingProfile',
  )
}

export const Review = ({ of, draft }: { of: Session; draft: Draft }) => {
  const [faults, setFaults] = useState<Fault[]>([])
  const { busy, error, run } = useDoing()
  useEffect(() => {
    draft.reviewed = true
  }, [])
  const send = () =>
    run(async () => {
      const about = asOfNow(draft, of)
      const found = faultsOf(draft.answers, about)
      setFaults(found)
      if (found.length > 0) return
      const { body, idempotencyKey } = toSend(draft)
      try {
        const { body: header } = await untilAnswered(
          () => of.client.submitReferral(body, idempotencyKey),
          () => session.get() === of,
        )
        dropDraft(of)
        go(`enviadas/${header.referralId}/comprobante`, { replace: true })
      } catch (failure) {
        if (!(failure instanceof HubError)) throw failure
        const refused = faultsOfRefusal(failure, draft.answers, about)
        setFaults(refused.filter(({ id }) => id !== undefined))
        if (refused.some(({ id }) => id === undefined)) throw failure
      }
    })
  const all = groups.flatMap(group => rowsIn(group, draft))
  const wrongs = faults.map(fault => ({
    id: rowId(fault.id ?? ''),
    text: faultInWords(fault, all.find(({ question }) => question.id === fault.id)?.question),
  }))
  const kept = unsent(draft)
  return (
    <>
      <ErrorSummary wrongs={wrongs} of={faults} />
      {error !== undefined && <Problem error={error} />}
      <Heading>{say('refer.review')}</Heading>
      {groups.map(group => (
        <Part key={group} group={group} draft={draft} />
      ))}
      {kept.length > 0 && (
        <Notice>
          {say('refer.unsent', {
            categories: kept.map(one => label(categoryLabels, one)).join(', '),
          })}
        </Notice>
      )}
      <p class="govuk-body">{say('refer.review-what', { recipient: draft.about.recipient })}</p>
      <Button
        type="button"
        busy={busy}
        meanwhile={say('refer.sending')}
        onClick={() => void send()}
      >
        {say('refer.send')}
      </Button>
    </>
  )
}
