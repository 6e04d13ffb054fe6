// Checking a log that was exported: its folder or its ZIP file is chosen or dropped, perhaps with an older checkpoint,
// and what comes of it is what the command line says of it (verify/judge.ts), in the same words. Nothing leaves this
// computer.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me } from '../../../schemas/institution.ts'
import type { Progress } from '../../../verify/progress.ts'
import type { Trusted } from '../../../verify/verdict.ts'
import { phaseLine, progressLine } from '../../../verify/words.ts'
import { type Asked, checkLog, folderIn } from '../check-log.ts'
import { useDoing } from '../doing.ts'
import { ErrorSummary, FileField, type Wrong } from '../fields.tsx'
import { knownKey, rememberKey } from '../log-key.ts'
import { Button, Heading, Problem } from '../parts.tsx'
import { language } from '../say.ts'
import type { Session } from '../session.ts'
import { type Found, Result } from './log-verdict.tsx'
import { say } from './officer-words.ts'

/** The key that this browser knows, else the hub's. One that cannot be read is no other: nothing holds by it. */
const keyFor = (me: Me): Trusted => {
  const known = knownKey.get()
  if (known === undefined) return { vkey: me.vkey.trim(), by: 'hub' }
  return { vkey: known === 'broken' ? '' : known.vkey, by: 'pinned' }
}

const useCheck = (of: Session, me: Me) => {
  const [said, setSaid] = useState('')
  const [found, setFound] = useState<Found>()
  const doing = useDoing()
  const leaving = useRef(new AbortController())
  useEffect(() => () => leaving.current.abort(), [])
  /** What was found, or is being looked for, is of what was chosen before. */
  const forget = () => {
    leaving.current.abort()
    leaving.current = new AbortController()
    setFound(undefined)
    setSaid('')
  }
  const check = (asked: Pick<Asked, 'chosen' | 'since'>) =>
    doing.run(async () => {
      const { name } = asked.chosen
      const { signal } = leaving.current
      setFound(undefined)
      setSaid(say('folder.reading', { name }))
      const began = performance.now()
      const progress: Progress = (phase, done, all) => {
        if (signal.aborted) return
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
      const outcome = await checkLog({ ...asked, trusted, now }, { progress, signal })
      if (signal.aborted) return
      if ('verdict' in outcome && outcome.verdict.ok && trusted.by === 'hub')
        rememberKey({ vkey: trusted.vkey, since: now.toISOString() })
      setSaid('')
      setFound({ name, outcome })
    })
  return { ...doing, said, found, check, forget }
}

const folders = { webkitdirectory: true, multiple: true }
const archives = { accept: '.zip,application/zip' }

/** A place to drop it onto that is seen from afar. */
const Drop = (field: Parameters<typeof FileField>[0]) => <FileField {...field} look="rh-drop" />

const filesIn = (form: HTMLFormElement, id: string): FileList | null =>
  (form.elements.namedItem(id) as HTMLInputElement).files

/** What is to be checked; or which of it is not to be had, and why. */
const askedIn = (form: HTMLFormElement): Pick<Asked, 'chosen' | 'since'> | Wrong => {
  const folder = folderIn(filesIn(form, 'folder'))
  const zip = filesIn(form, 'zip')?.[0]
  const older = filesIn(form, 'since')?.[0]
  const chosen = folder ?? (zip && { name: zip.name, zip })
  if (!chosen) return { id: 'folder', text: say('folder.none') }
  if (folder && zip) return { id: 'zip', text: say('folder.both') }
  return { chosen, since: older && { name: older.name, held: older } }
}

export const CheckLogPage = ({ of, me }: { of: Session; me: Me }) => {
  const { busy, error, said, found, check, forget } = useCheck(of, me)
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const at = (id: string) => wrongs.find(one => one.id === id)?.text
  const submit = (form: HTMLFormElement) => {
    const asked = askedIn(form)
    setWrongs('chosen' in asked ? [] : [asked])
    if ('chosen' in asked) void check(asked)
  }
  return (
    <>
      <ErrorSummary wrongs={wrongs} />
      <Heading>{say('folder.title')}</Heading>
      <p class="govuk-body">{say('folder.what')}</p>
      {error !== undefined && <Problem error={error} />}
      <form
        noValidate
        onChange={forget}
        onSubmit={event => {
          event.preventDefault()
          submit(event.currentTarget)
        }}
      >
        <Drop id="folder" label={say('folder.choose')} wrong={at('folder')} {...folders} />
        <Drop id="zip" label={say('folder.zip')} wrong={at('zip')} {...archives} />
        <Drop id="since" label={say('folder.since')} hint={say('folder.since-hint')} />
        <Button busy={busy}>{say('folder.button')}</Button>
      </form>
      <p class="govuk-body" role="status">
        {said}
      </p>
      {found && <Result {...found} />}
    </>
  )
}
