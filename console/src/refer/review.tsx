// All that was answered, with a way to change each, before it is sent; and sending it, once.
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import { categoryLabels } from '../../../texts/labels.ts'
import { useDoing } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { ErrorSummary } from '../fields.tsx'
import { Fold } from '../fold.tsx'
import { Button, Heading, Link, Notice, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import { label } from '../say.ts'
import { session, type Session } from '../session.ts'
import { categoriesIn, grantedIn, many } from './answers.ts'
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

/** What is permitted for a purpose is one row: yes or no, and of what. */
const isPart = ({ question: { id } }: Row) => id.startsWith('categories-')
const rowId = (id: string) => `change-${id.replace(/^categories-/, 'granted-')}`

/** Short: the title of a page with one question, else the question; where several ask the same, each says of what. */
const titlesOf = (rows: readonly Row[]): string[] => {
  const own = rows.map(({ step, question: { ask, values } }) =>
    rows.filter(one => one.step === step).length === 1 ? titleOf(step) : say(ask, values),
  )
  return own.map((words, place) => {
    const again = own.filter(one => one === words).length > 1
    return again ? `${titleOf(rows[place]?.step ?? '')}. ${words}` : words
  })
}

/** `Sí (ALA): identidad, contacto`. */
const valueOf = ({ step, question }: Row, { answers, about }: Draft): string => {
  const words = answerInWords(question, answers)
  const granted = grantedIn(answers, about).find(({ purpose }) => step === `finalidad-${purpose}`)
  if (!granted) return words
  const { recipient, dataCategories } = granted
  return `${words} (${recipient}): ${dataCategories.map(one => label(categoryLabels, one)).join(', ')}`
}

type Shown = { row: Row; title: string }

const Rows = ({ rows, draft }: { rows: readonly Shown[]; draft: Draft }) => (
  <dl class="govuk-summary-list rh-answers" translate={false}>
    {rows.map(({ row, title }) => (
      <div class="govuk-summary-list__row" key={row.question.id}>
        <dt class="govuk-summary-list__key">{title}</dt>
        <dd class="govuk-summary-list__value">
          <bdi>{valueOf(row, draft)}</bdi>
        </dd>
        <dd class="govuk-summary-list__actions">
          <Link to={pathOf(row.step)} id={rowId(row.question.id)}>
            {say('refer.change')}
            <span class="govuk-visually-hidden">
              {' '}
              {titleOf(row.step)}: {say(row.question.ask, row.question.values)}
            </span>
          </Link>
        </dd>
      </div>
    ))}
  </dl>
)

/** A part, which may be folded; what was left empty is, until somebody asks for it. */
const Part = ({ group, draft }: { group: Group; draft: Draft }) => {
  const rows = rowsIn(group, draft).filter(row => !isPart(row))
  const titles = titlesOf(rows)
  const all = rows.map((row, place) => ({ row, title: titles[place] ?? '' }))
  const isEmpty = ({ row }: Shown) => many(draft.answers, row.question.id).length === 0
  const [given, empty] = [all.filter(one => !isEmpty(one)), all.filter(isEmpty)]
  return (
    <section>
      <h2 class="govuk-heading-m">{say(`refer.group-${group}`)}</h2>
      <Fold title={say('refer.answers', { count: given.length })} look="rh-wide" open>
        <Rows rows={given} draft={draft} />
      </Fold>
      {empty.length > 0 && (
        <Fold title={say('refer.unanswered-these', { count: empty.length })} look="rh-wide">
          <Rows rows={empty} draft={draft} />
        </Fold>
      )}
    </section>
  )
}

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
