// The form that refers a person: `referir`, and one page for each question. It is a file of its own, for the contract's
// shapes come with it.
// oxlint-disable-next-line import/no-unassigned-import -- it has to be run before the shapes are
import { useEffect } from 'preact/hooks'
import { NotFound, type PagesOf } from '../parts.tsx'
import { nextStep } from '../refer/check.ts'
import { type Draft, draftOf } from '../refer/draft.ts'
import { stepsOf } from '../refer/questions.ts'
import { Review } from '../refer/review.tsx'
import { Start } from '../refer/start.tsx'
import { pathOf, reviewStep, StepPage } from '../refer/step.tsx'
import { go } from '../route.ts'
import type { Session } from '../session.ts'

/** Whoever leaves the page by the browser is asked first: what was written would be lost. */
const useWarning = (of: Session) =>
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (draftOf(of) !== undefined) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [of])

/** The page that comes first, where one asks for a later one: an address says nothing of what was answered. */
const tooEarly = (step: string, { done, answers, about }: Draft): string | undefined => {
  const next = nextStep(done, answers, about)
  if (next === undefined || done.has(step)) return undefined
  const steps = stepsOf(answers, about)
  const at = step === reviewStep ? steps.length : steps.indexOf(step)
  return at > steps.indexOf(next) ? next : undefined
}

const Elsewhere = ({ to }: { to: string }) => {
  useEffect(() => go(pathOf(to), { replace: true }), [to])
  return null
}

export const FormPages = ({ of, me, at }: PagesOf) => {
  useWarning(of)
  const [step, ...more] = at.rest
  const draft = draftOf(of)
  if (more.length > 0) return <NotFound />
  if (step === undefined || !draft)
    return <Start of={of} me={me} lost={step !== undefined && !draft} />
  const first = tooEarly(step, draft)
  if (first !== undefined) return <Elsewhere to={first} />
  if (step === reviewStep) return <Review of={of} draft={draft} />
  if (!stepsOf(draft.answers, draft.about).includes(step)) return <NotFound />
  return <StepPage key={step} of={of} draft={draft} step={step} />
}
