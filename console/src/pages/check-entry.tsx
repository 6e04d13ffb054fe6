// Checking an entry here: its bytes, the proof that they are in the tree, and the signature of that tree, by the code
// that the command line checks with (verify/entry-proof.ts).
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me } from '../../../schemas/institution.ts'
import type { ProvenEntry } from '../../../schemas/access-log.ts'
import { checkCommand, sheetWhys } from '../../../texts/entry.ts'
import { proveEntry, type ProofFault } from '../../../verify/entry-proof.ts'
import { useDoing } from '../doing.ts'
import { Fold } from '../fold.tsx'
import { about, onThisMachine } from '../hub.ts'
import { forgetKey, knownKey, rememberKey } from '../log-key.ts'
import { Button, Problem } from '../parts.tsx'
import { save } from '../save.ts'
import { label, shortDay } from '../say.ts'
import type { Session } from '../session.ts'
import { useFault } from '../title.ts'
import { say } from './officer-words.ts'

export type Finding = { ok: true; since: string; kept: boolean } | { ok: false; code: ProofFault }

/** By the key that is known here; the first time by the hub's, which is known from then on if it holds. */
const checked = async (
  { client }: Session,
  { found, index, vkey }: { found: ProvenEntry; index: number; vkey: string },
): Promise<Finding> => {
  const known = knownKey.get()
  if (known === 'broken') return { ok: false, code: 'key' }
  const verdict = await proveEntry(found, known?.vkey ?? vkey, index)
  if (!verdict.ok) return verdict
  if (known) return { ok: true, since: known.since, kept: true }
  const since = client.hubTime().toISOString()
  return { ok: true, since, kept: rememberKey({ vkey, since }) }
}

/** In words; a failure takes the focus, so that nobody misses it. */
const Told = ({
  finding,
  index,
  forget,
}: {
  finding: Finding
  index: number
  forget: () => void
}) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [finding])
  useFault(!finding.ok)
  if (finding.ok)
    return (
      <div ref={box} tabIndex={-1} class="rh-notice rh-notice--done" role="status">
        <p class="govuk-body">{say('check.holds', { index, since: shortDay(finding.since) })}</p>
        {!finding.kept && <p class="govuk-body">{say('check.unpinned')}</p>}
      </div>
    )
  const why = label(sheetWhys, finding.code)
  return (
    <div ref={box} tabIndex={-1} class="govuk-error-summary">
      <div role="alert">
        <p class="govuk-body govuk-!-font-weight-bold">{say('check.fails')}</p>
      </div>
      <Fold title={say('entry.details')} look="rh-open-print">
        <p class="govuk-body-s">{say('check.why', { why, code: finding.code })}</p>
      </Fold>
      {onThisMachine && (finding.code === 'checkpoint-key' || finding.code === 'key') && (
        <>
          <p class="govuk-body-s">{say('check.forget-what')}</p>
          <Button type="button" kind="secondary" onClick={forget}>
            {say('check.forget')}
          </Button>
        </>
      )}
    </div>
  )
}

const Copy = ({ text }: { text: string }) => {
  const [copied, setCopied] = useState(false)
  const { error, run } = useDoing()
  const copy = () =>
    run(async () => {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    })
  return (
    <>
      <Button type="button" kind="secondary" onClick={() => void copy()}>
        {say('check.copy')}
      </Button>
      <p class="govuk-body-s" role="status">
        {copied && say('check.copied')}
      </p>
      {error !== undefined && <Problem error={error} />}
    </>
  )
}

export const CheckEntry = ({
  of,
  me,
  index,
  found,
  folio,
}: {
  of: Session
  me: Me
  index: number
  found: ProvenEntry
  folio: string | undefined
}) => {
  const [finding, setFinding] = useState<Finding>()
  const { busy, error, run } = useDoing()
  const known = knownKey.use()
  const vkey = (typeof known === 'object' ? known.vkey : me.vkey).trim()
  const file = `entrada-${index}.json`
  const check = () =>
    run(async () => setFinding(await checked(of, { found, index, vkey: me.vkey.trim() })))
  const keep = () =>
    run(async () => {
      const { authority: hub } = await about()
      const sheet = { format: 'referral-hub-log-sheet/1', hub, folio, ...found, vkey }
      save(file, [`${JSON.stringify(sheet, null, 2)}\n`], 'application/json')
    })
  return (
    <section aria-labelledby="check">
      <h2 id="check" class="govuk-heading-m">
        {say('check.title')}
      </h2>
      {error !== undefined && <Problem error={error} />}
      {finding && (
        <Told
          finding={finding}
          index={index}
          forget={() => {
            forgetKey()
            setFinding(undefined)
            document.getElementById('check-button')?.focus()
          }}
        />
      )}
      <div class="rh-row rh-no-print">
        <Button id="check-button" type="button" busy={busy} onClick={() => void check()}>
          {say('check.button')}
        </Button>
        {finding?.ok && (
          <Button type="button" kind="secondary" onClick={() => print()}>
            {say('sheet.print')}
          </Button>
        )}
        <Button type="button" kind="secondary" onClick={() => void keep()}>
          {say('sheet.save')}
        </Button>
      </div>
      <Fold title={say('check.outside')} look="rh-open-print">
        <p class="govuk-body">{say('check.command')}</p>
        <pre class="rh-exact">{checkCommand(file, vkey)}</pre>
        <div class="rh-no-print">
          <Copy text={checkCommand(file, vkey)} />
        </div>
      </Fold>
    </section>
  )
}
