// Taking the log along: entries as a spreadsheet, and the signed log as files that anybody can verify without the hub.
import { arrived } from '../arrived.ts'
import { useState } from 'preact/hooks'
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import { entryCodeLabel } from '../../../texts/codes.ts'
import {
  actionLabels,
  categoryLabels,
  outcomeLabels,
  purposeLabels,
} from '../../../texts/labels.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { csvOf } from '../../../texts/spreadsheet.ts'
import { Failed } from '../../../verify/verdict.ts'
import { useDoing } from '../doing.ts'
import { about } from '../hub.ts'
import { knownKey } from '../log-key.ts'
import { filtersOf, readQuery } from '../log-query.ts'
import { Button, Heading, Link, Notice, Problem } from '../parts.tsx'
import { save } from '../save.ts'
import { label, language, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { say } from './officer-words.ts'

const columns = [
  'column.index',
  'column.time',
  'column.utc',
  'fact.institution',
  'fact.key',
  'fact.post',
  'column.role',
  'column.action',
  'column.outcome',
  'fact.code',
  'fact.referral',
  'fact.consent',
  'column.purpose',
  'column.categories',
  'column.id',
] as const

const rowOf = (entry: AccessLogEntry): (string | number)[] => {
  const { index = '', time, actor, action, outcome, code, referralId = '', consentId = '' } = entry
  return [
    index,
    moment(time),
    time,
    actor.institution,
    actor.keyid ?? '',
    actor.post ?? '',
    label(roleLabels, actor.role),
    label(actionLabels, action),
    label(outcomeLabels, outcome),
    code === undefined ? '' : entryCodeLabel(code, language.get()),
    referralId,
    consentId,
    entry.purpose ? label(purposeLabels, entry.purpose) : '',
    (entry.categories ?? []).map(one => label(categoryLabels, one)).join('; '),
    entry.id,
  ]
}

/**
 * Saves, and says what is being read and what was saved: read out as it changes. How far it had come says nothing where
 * it broke off.
 */
const Save = (of: { busy: boolean; keep: () => unknown; said: string; children: string }) => (
  <>
    <Button type="button" kind="secondary" busy={of.busy} onClick={() => void of.keep()}>
      {of.children}
    </Button>
    <p class="govuk-body" role="status">
      {of.said}
    </p>
  </>
)

const Spreadsheet = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const asked = readQuery(query)
  const [said, setSaid] = useState('')
  const { busy, error, run } = useDoing()
  const keep = () =>
    run(async () => {
      const rows: (string | number)[][] = [columns.map(name => say(name))]
      setSaid(say('export.rows', { done: 0 }))
      for await (const entry of of.client.everyEntry({ ...filtersOf(asked), limit: 200 })) {
        rows.push(rowOf(entry))
        if (rows.length % 200 === 0) setSaid(say('export.rows', { done: rows.length }))
      }
      const file = language.get() === 'es' ? 'bitacora.csv' : 'access-log.csv'
      save(file, [csvOf(rows)], 'text/csv;charset=utf-8')
      setSaid(say('export.saved', { file }))
    })
  return (
    <>
      <h2 class="govuk-heading-m">{say('export.sheet')}</h2>
      <p class="govuk-body">
        {say(Object.keys(asked).length > 0 ? 'export.sheet-what' : 'export.sheet-all')}
      </p>
      {error !== undefined && <Problem error={error} />}
      <Save busy={busy} keep={keep} said={error === undefined ? said : ''}>
        {say('export.sheet-save')}
      </Save>
    </>
  )
}

const SignedLog = ({ of }: { of: Session }) => {
  const [said, setSaid] = useState('')
  const { busy, error, run } = useDoing()
  const known = knownKey.use()
  const keep = () =>
    run(async () => {
      setSaid('')
      const [{ signedLog }, { zipped }, { authority: hub }] = await Promise.all([
        arrived('signed-log', () => import('../signed-log.ts')),
        arrived('zip', () => import('../zip.ts')),
        about(),
      ])
      if (known === 'broken') throw new Failed('log-key', 'log-key')
      const { size, files } = await signedLog(of.client, {
        hub,
        expected: known?.vkey,
        progress: (done, total) => setSaid(say('export.files', { done, total })),
      })
      const folder = `bitacora-${size}`
      const within = new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]))
      save(`${folder}.zip`, zipped(within), 'application/zip')
      setSaid(say('export.saved', { file: `${folder}.zip` }))
    })
  return (
    <>
      <h2 class="govuk-heading-m">{say('export.folder')}</h2>
      <p class="govuk-body">{say('export.folder-what')}</p>
      <pre class="rh-exact">hub log verify bitacora-N</pre>
      {error instanceof Failed ? (
        <Notice>
          <p class="govuk-body">{say('check.fails')}</p>
          <p class="govuk-body-s">{error.code}</p>
        </Notice>
      ) : (
        error !== undefined && <Problem error={error} />
      )}
      <Save busy={busy} keep={keep} said={error === undefined ? said : ''}>
        {say('export.folder-save')}
      </Save>
    </>
  )
}

export const ExportPage = ({ of, query }: { of: Session; query: URLSearchParams }) => (
  <>
    <Link to="bitacora" class="govuk-back-link">
      {say('log.title')}
    </Link>
    <Heading>{say('export.title')}</Heading>
    <p class="govuk-body">{say('export.what')}</p>
    <Spreadsheet of={of} query={query} />
    <SignedLog of={of} />
  </>
)
