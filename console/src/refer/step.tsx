// One page of the form: its questions, and what is wrong with the answers.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Instant } from '../../../schemas/ids.ts'
import { useDoing } from '../doing.ts'
import { ErrorSummary } from '../fields.tsx'
import { Button, Heading, Link, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import type { Session } from '../session.ts'
import { sha256Of } from '../sha256.ts'
import { type About, type Answers, one } from './answers.ts'
import { type Fault, faultsIn, nextStep } from './check.ts'
import { Ask } from './controls.tsx'
import { type Draft, answer } from './draft.ts'
import { questionsOf, stepsOf } from './questions.ts'
import { readAnswers } from './read-answers.ts'
import { faultInWords, noticeIn, say, titleOf } from './words.ts'

export const reviewStep = 'revisar'
export const pathOf = (step: string): string => `referir/${step}`

/** As of now, by the hub's clock: the day may have changed since it was begun. */
export const asOfNow = (draft: Draft, { client }: Session): About => ({
  ...draft.about,
  now: client.hubTime().toISOString() as Instant,
})

/** The notice, where it is kept in the language that it is read in. */
const noticeOf = (answers: Answers, about: About): string[] | undefined => {
  const language = one(answers, 'notice-language')
  return language === 'es' || language === 'en' ? noticeIn(language, about) : undefined
}

const Notice = ({ answers, about }: { answers: Answers; about: About }): ComponentChildren => {
  const paragraphs = noticeOf(answers, about)
  if (!paragraphs) return null
  return (
    <div class="rh-content" lang={one(answers, 'notice-language')} translate={false}>
      {paragraphs.map(text => (
        <p class="govuk-body" key={text}>
          {text}
        </p>
      ))}
    </div>
  )
}

/** What goes with the answers of a page without being asked: the digest of the notice that was read there. */
const besides = async (step: string, { answers, about }: Draft): Promise<Answers> => {
  const paragraphs = step === 'aviso-lectura' ? noticeOf(answers, about) : undefined
  if (!paragraphs) return {}
  return { 'notice-digest': [await sha256Of(new TextEncoder().encode(paragraphs.join('\n')))] }
}

/** Where one goes from a page: on, and back to where all is shown once it was. */
const after = (step: string, draft: Draft): string => {
  const next = nextStep(draft.done, draft.answers, draft.about)
  if (draft.reviewed) return next ?? reviewStep
  const steps = stepsOf(draft.answers, draft.about)
  return steps[steps.indexOf(step) + 1] ?? reviewStep
}

const before = (step: string, draft: Draft): string => {
  const steps = stepsOf(draft.answers, draft.about)
  const place = steps.indexOf(step)
  return draft.reviewed
    ? pathOf(reviewStep)
    : place > 0
      ? pathOf(steps[place - 1] ?? '')
      : 'referir'
}

export const StepPage = ({ of, draft, step }: { of: Session; draft: Draft; step: string }) => {
  const [faults, setFaults] = useState<Fault[]>([])
  const { busy, error, run } = useDoing()
  const { answers, about } = draft
  const questions = questionsOf(step, answers, about)
  const send = (form: HTMLFormElement) =>
    run(async () => {
      const given = {
        ...(await readAnswers(form, questions, answers)),
        ...(await besides(step, draft)),
      }
      const found = faultsIn(step, { ...answers, ...given }, asOfNow(draft, of))
      setFaults(found)
      if (found.length > 0) return
      answer(draft, step, given)
      go(pathOf(after(step, draft)))
    })
  const wrongs = faults.map(fault => ({
    id: fault.id ?? '',
    text: faultInWords(
      fault,
      questions.find(({ id }) => id === fault.id),
    ),
  }))
  return (
    <>
      <Link to={before(step, draft)} class="govuk-back-link">
        {say('app.back')}
      </Link>
      <ErrorSummary wrongs={wrongs} of={faults} />
      {error !== undefined && <Problem error={error} />}
      <Heading>{titleOf(step)}</Heading>
      {step === 'aviso-lectura' && <Notice answers={answers} about={about} />}
      <form
        noValidate
        autocomplete="off"
        onSubmit={event => {
          event.preventDefault()
          void send(event.currentTarget)
        }}
      >
        {questions.map(question => (
          <Ask
            key={question.id}
            question={question}
            answers={answers}
            wrong={wrongs.find(({ id }) => id === question.id)?.text}
          />
        ))}
        <Button busy={busy}>{say('refer.continue')}</Button>
      </form>
    </>
  )
}
