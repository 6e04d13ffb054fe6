// A liaison's page: the keys of their institution, and proposing one that somebody has asked for.
import type { DirectoryKey } from '../../../schemas/agreement.ts'
import { lettersOf } from '../../../signatures/letters.ts'
import { keyStateLabels } from '../../../texts/labels.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label } from '../say.ts'
import { say } from './liaison-words.ts'
import type { Session } from '../session.ts'

export const stateOf = ({ state }: DirectoryKey) => state ?? 'active'
export const rolesOf = ({ roles }: Pick<DirectoryKey, 'roles'>) =>
  roles.map(role => label(roleLabels, role)).join(', ')

/** Of a key that waits only the first: the others are heard from its owner, not read off here. */
const shownLetters = (key: DirectoryKey) =>
  stateOf(key) === 'proposed' ? `${lettersOf(key.keyid).slice(0, 4)}-…` : lettersOf(key.keyid)

const [dayMs, soonDays] = [86_400_000, 30]

/** Whole days that an active key still lasts; undefined where it does not end soon. */
const daysLeft = (key: DirectoryKey, now: Date): number | undefined => {
  const days = Math.ceil((Date.parse(key.validUntil) - now.getTime()) / dayMs)
  return stateOf(key) === 'active' && days <= soonDays ? Math.max(0, days) : undefined
}
const untilIn = (key: DirectoryKey, now: Date): string => {
  const days = daysLeft(key, now)
  if (days === undefined) return day(key.validUntil)
  const left = days === 0 ? say('keys.expired') : say('keys.days-left', { days })
  return `${day(key.validUntil)} (${left})`
}

const waits = (key: DirectoryKey) => stateOf(key) === 'proposed'

const columns = ['keys.letters', 'keys.roles', 'keys.post', 'keys.until', 'keys.state'] as const

const Rows = ({
  keys,
  caption,
  own,
  now,
}: {
  keys: readonly DirectoryKey[]
  caption: string
  own: string
  now: Date
}) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {columns.map(column => (
          <th key={column} scope="col" class="govuk-table__header">
            {say(column)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {keys.map(key => (
        <tr class="govuk-table__row" key={key.keyid}>
          <th scope="row" class="govuk-table__header">
            <Link to={`llaves/${key.keyid}`}>{shownLetters(key)}</Link>
            {key.keyid === own && ` (${say('keys.own')})`}
          </th>
          <td class="govuk-table__cell" data-label={say('keys.roles')}>
            {rolesOf(key)}
          </td>
          <td class="govuk-table__cell" data-label={say('keys.post')}>
            {key.post ?? '–'}
          </td>
          <td class="govuk-table__cell" data-label={say('keys.until')}>
            {untilIn(key, now)}
          </td>
          <td class="govuk-table__cell" data-label={say('keys.state')}>
            {label(keyStateLabels, stateOf(key))}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

export const Keys = ({ of, institution }: { of: Session; institution: string }) => {
  const { reading, again } = useReading(
    async () => (await of.client.getKeys(institution)).body.items,
    [of],
  )
  const now = of.client.hubTime()
  const keys = reading.state === 'there' ? reading.value : []
  const soon = keys.filter(key => (daysLeft(key, now) ?? 0) > 0)
  return (
    <>
      <Heading>{say('keys.title', { institution })}</Heading>
      <p class="govuk-body">
        <Link to="llaves/proponer">{say('keys.propose')}</Link>
      </p>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && (
        <>
          {soon.length > 0 && (
            <Notice>
              {say('keys.soon', { letters: soon.map(key => shownLetters(key)).join(', ') })}
            </Notice>
          )}
          {reading.value.some(waits) ? (
            <Rows
              keys={reading.value.filter(waits)}
              caption={say('keys.wait')}
              own={of.signer.keyid}
              now={now}
            />
          ) : (
            <>
              <h2 class="govuk-heading-m">{say('keys.wait')}</h2>
              <p class="govuk-body">{say('keys.none')}</p>
            </>
          )}
          <Rows
            keys={reading.value.filter(key => !waits(key))}
            caption={say('keys.others')}
            own={of.signer.keyid}
            now={now}
          />
        </>
      )}
    </>
  )
}
