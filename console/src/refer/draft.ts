// A referral that is being written: in memory, for as long as whoever writes it is at the screen. It hangs on their
// session and on nothing else, so that it is gone with it; nothing of it is stored.
import { randomToken } from '../../../signatures/keys.ts'
import type { Session } from '../session.ts'
import type { About, Answers } from './answers.ts'
import { submissionOf } from './submission.ts'

/** A submission as it was sent: sent again, it has the same bytes and the same name. */
type Sent = { content: string; body: object; idempotencyKey: string }

export type Draft = {
  about: About
  answers: Answers
  /** The pages that were answered. */
  done: Set<string>
  /** All was shown: from then on a change leads back there. */
  reviewed: boolean
  sent?: Sent
}

const drafts = new WeakMap<Session, Draft>()

export const draftOf = (session: Session): Draft | undefined => drafts.get(session)
export const dropDraft = (session: Session): void => void drafts.delete(session)

export const beginDraft = (session: Session, about: About): Draft => {
  const draft: Draft = { about, answers: {}, done: new Set(), reviewed: false }
  drafts.set(session, draft)
  return draft
}

/** Pages whose answers are of what another page said: they are asked again when that is changed. */
const dependsOn = (step: string): string[] => {
  if (step === 'aviso') return ['aviso-archivo', 'aviso-lectura']
  if (step === 'contacto') return ['municipio']
  return /^documento-\d$/.test(step) ? [`${step}-datos`] : []
}

/** Takes the answers of a page. */
export const answer = (draft: Draft, step: string, given: Answers): void => {
  const changed = Object.keys(given).some(
    id => JSON.stringify(given[id]) !== JSON.stringify(draft.answers[id]),
  )
  draft.answers = { ...draft.answers, ...given }
  draft.done.add(step)
  if (changed) for (const after of dependsOn(step)) draft.done.delete(after)
}

/** What is to be sent. The same content is the same request, however often it is sent. */
export const toSend = (draft: Draft): Sent => {
  const submission = submissionOf(draft.answers, draft.about)
  const content = JSON.stringify(submission)
  if (draft.sent?.content !== content)
    draft.sent = {
      content,
      body: { ...submission, salt: randomToken(16) },
      idempotencyKey: randomToken(16),
    }
  return draft.sent
}
