// What came of checking a log on this computer, in the words of the command line.
import { useEffect, useRef, useState } from 'preact/hooks'
import { inert } from '../../../texts/inert.ts'
import type { Verdict } from '../../../verify/verdict.ts'
import { verdictLines, warningLines } from '../../../verify/words.ts'
import type { Outcome } from '../check-log.ts'
import { Fold } from '../fold.tsx'
import { Button } from '../parts.tsx'
import { save } from '../save.ts'
import { language } from '../say.ts'
import { useFault } from '../title.ts'
import { say } from './officer-words.ts'

export type Found = { name: string; outcome: Outcome }

/** A file of the command line is here the browser itself, in the language of whoever reads. */
const verdictIn = (verdict: Verdict): string[] => {
  const here = { file: say('folder.here') }
  const { trusted } = verdict
  const told = trusted === undefined ? verdict : { ...verdict, trusted: { ...trusted, ...here } }
  return verdictLines(told, language.get()).map(line => inert(line).trim())
}

/** What everybody has to read, and what stands behind it. Warnings are for everybody. */
type Words = { plain: string[]; details: string[]; warnings: string[] }

const inWords = (outcome: Outcome): Words => {
  const none = { details: [], warnings: [] }
  if (!('verdict' in outcome))
    return 'zip' in outcome
      ? { plain: [say(`zip.${outcome.zip}`), say('zip.what', { code: outcome.zip })], ...none }
      : { plain: [say('folder.unable')], ...none }
  const { verdict } = outcome
  const lines = verdictIn(verdict)
  const warned = verdict.ok ? warningLines(verdict, language.get()).length : 0
  const first = verdict.ok || verdict.index === undefined ? 1 : 2
  return {
    plain: lines.slice(0, first),
    details: lines.slice(first, lines.length - warned),
    warnings: lines.slice(lines.length - warned),
  }
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <>
    {lines.map((line, i) => (
      <p key={i} class="govuk-body-s rh-id">
        {line}
      </p>
    ))}
  </>
)

/** The checkpoint that this log is measured by next time, as it was signed. */
const KeepCheckpoint = ({ verdict }: { verdict: Verdict & { ok: true } }) => {
  const [saved, setSaved] = useState('')
  const file = `${say('folder.note-file')}-${verdict.size}.txt`
  return (
    <>
      <Button
        type="button"
        kind="secondary"
        onClick={() => {
          save(file, [verdict.checkpoint], 'text/plain;charset=utf-8')
          setSaved(say('export.saved', { file }))
        }}
      >
        {say('folder.note-save')}
      </Button>
      <p class="govuk-body-s">{say('folder.note-what')}</p>
      <p class="govuk-body-s" role="status">
        {saved}
      </p>
    </>
  )
}

/** In words, with the focus: whoever waited hears it. */
export const Result = ({ name, outcome }: Found) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [outcome])
  const held = 'verdict' in outcome && outcome.verdict.ok ? outcome.verdict : undefined
  useFault(!held)
  const {
    plain: [first = '', ...more],
    details,
    warnings,
  } = inWords(outcome)
  return (
    <section
      ref={box}
      tabIndex={-1}
      class={held ? 'rh-notice rh-notice--done' : 'govuk-error-summary'}
      aria-labelledby="result"
    >
      <h2 id="result" class="govuk-heading-m">
        {say('folder.of', { name })}
      </h2>
      <p class="govuk-body govuk-!-font-weight-bold">{first}</p>
      <Lines lines={more} />
      {details.length > 0 && (
        <Fold title={say('entry.details')}>
          <Lines lines={details} />
        </Fold>
      )}
      <Lines lines={warnings} />
      {held && <KeepCheckpoint key={held.root} verdict={held} />}
    </section>
  )
}
