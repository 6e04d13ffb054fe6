// Checking a log that was exported: its folder is chosen or dropped, and what comes of it is what the command line says
// of it (verify/judge.ts), in the same words. Nothing leaves this computer.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me } from '../../../schemas/institution.ts'
import { inert } from '../../../texts/inert.ts'
import type { Progress } from '../../../verify/progress.ts'
import type { Trusted, Verdict } from '../../../verify/verdict.ts'
import { phaseLine, progressLine, verdictLines } from '../../../verify/words.ts'
import { checkLog, type Chosen, chosenFrom } from '../check-log.ts'
import { useDoing } from '../doing.ts'
import { knownKey, rememberKey } from '../log-key.ts'
import { Button, Heading, Problem } from '../parts.tsx'
import { language } from '../say.ts'
import type { Session } from '../session.ts'
import { useFault } from '../title.ts'
import { say } from './officer-words.ts'

/** `undefined`: none came of it. */
type Found = { name: string; verdict: Verdict | undefined }

/** The key that this browser knows, else the hub's. One that cannot be read is no other: nothing holds by it. */
const keyFor = (me: Me): Trusted => {
  const known = knownKey.get()
  if (known === undefined) return { vkey: me.vkey.trim(), by: 'hub' }
  return { vkey: known === 'broken' ? '' : known.vkey, by: 'pinned' }
}

/** A file of the command line is here the browser itself, in the language of whoever reads. */
const inWords = (verdict: Verdict): string[] => {
  const here = { file: say('folder.here') }
  const { trusted } = verdict
  const told = trusted === undefined ? verdict : { ...verdict, trusted: { ...trusted, ...here } }
  return verdictLines(told, language.get()).map(line => inert(line).trim())
}

/** In words, with the focus: whoever waited hears it. */
const Result = ({ name, verdict }: Found) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [verdict])
  useFault(verdict?.ok !== true)
  const [first = '', ...more] = verdict ? inWords(verdict) : [say('folder.unable')]
  const how = verdict?.ok ? 'rh-notice rh-notice--done' : 'govuk-error-summary'
  return (
    <section ref={box} tabIndex={-1} class={how} aria-labelledby="result">
      <h2 id="result" class="govuk-heading-m">
        {say('folder.of', { name })}
      </h2>
      <p class="govuk-body govuk-!-font-weight-bold">{first}</p>
      {more.map((line, i) => (
        <p key={i} class="govuk-body-s rh-id">
          {line}
        </p>
      ))}
    </section>
  )
}

/** Of every browser, and of no list of attributes yet. */
const folders = { webkitdirectory: true }

const useCheck = (of: Session, me: Me) => {
  const [said, setSaid] = useState('')
  const [found, setFound] = useState<Found>()
  const doing = useDoing()
  const leaving = useRef(new AbortController())
  useEffect(() => () => leaving.current.abort(), [])
  const check = (chosen: Chosen) =>
    doing.run(async () => {
      setFound(undefined)
      setSaid(say('folder.reading', { name: chosen.name }))
      const began = performance.now()
      const progress: Progress = (phase, done, all) => {
        const elapsedMs = performance.now() - began
        const told = { done, all, elapsedMs }
        const chosenLanguage = language.get()
        setSaid(
          phase === 'entries'
            ? progressLine(told, chosenLanguage)
            : phaseLine(phase, chosenLanguage),
        )
      }
      const trusted = keyFor(me)
      const now = of.client.hubTime()
      const { signal } = leaving.current
      const verdict = await checkLog({ ...chosen, trusted, now }, { progress, signal })
      if (signal.aborted) return
      if (verdict?.ok && trusted.by === 'hub')
        rememberKey({ vkey: trusted.vkey, since: now.toISOString() })
      setSaid('')
      setFound({ name: chosen.name, verdict })
    })
  return { ...doing, said, found, check }
}

export const CheckLogPage = ({ of, me }: { of: Session; me: Me }) => {
  const { busy, error, said, found, check } = useCheck(of, me)
  const [none, setNone] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useFault(none)
  const submit = () => {
    const chosen = chosenFrom(field.current?.files ?? null)
    setNone(!chosen)
    if (chosen) void check(chosen)
    else field.current?.focus()
  }
  return (
    <>
      <Heading>{say('folder.title')}</Heading>
      <p class="govuk-body">{say('folder.what')}</p>
      {error !== undefined && <Problem error={error} />}
      <div class={`govuk-form-group ${none ? 'govuk-form-group--error' : ''}`}>
        <label class="govuk-label govuk-label--s" for="folder">
          {say('folder.choose')}
        </label>
        {none && (
          <p id="folder-none" class="govuk-error-message" role="alert">
            {say('folder.none')}
          </p>
        )}
        <input
          ref={field}
          class="govuk-file-upload rh-drop"
          type="file"
          id="folder"
          {...folders}
          multiple
          aria-invalid={none ? true : undefined}
          aria-describedby={none ? 'folder-none' : undefined}
        />
      </div>
      <Button type="button" busy={busy} onClick={submit}>
        {say('folder.button')}
      </Button>
      <p class="govuk-body" role="status">
        {said}
      </p>
      {found && <Result {...found} />}
    </>
  )
}
