// A liaison's page: the keys of their institution, and proposing one that somebody has asked for.
import type { DirectoryKey } from '../../../schemas/agreement.ts'
import { lettersOf } from '../../../signatures/letters.ts'
import { keyStateLabels } from '../../../texts/labels.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { daysLeft, endingSoon, stateOf, waits } from '../key-ends.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label } from '../say.ts'
import { say } from './liaison-words.ts'
import type { Session } from '../session.ts'
import { Table, headings } from '../table.tsx'

export const rolesOf = ({ roles }: Pick<DirectoryKey, 'roles'>) =>
  roles.map(role => label(roleLabels, role)).join(', ')

/** Of a key that waits only the first: the others are heard from its owner, not read off here. */
const shownLetters = (key: DirectoryKey) =>
  waits(key) ? `${lettersOf(key.keyid).slice(0, 4)}-…` : lettersOf(key.keyid)

const untilIn = (key: DirectoryKey, now: Date): string => {
  const days = daysLeft(key, now)
  if (days === undefined) return day(key.validUntil)
  const left = days === 0 ? say('keys.expired') : say('keys.days-left', { days })
  return `${day(key.validUntil)} (${left})`
}

const KeysTable = ({
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
  <Table
    caption={caption}
    columns={headings(say, 'keys.letters', 'keys.roles', 'keys.post', 'keys.until', 'keys.state')}
    rows={keys.map(key => ({
      key: key.keyid,
      cells: [
        <>
          <Link to={`llaves/${key.keyid}`}>{shownLetters(key)}</Link>
          {key.keyid === own && ` (${say('keys.own')})`}
        </>,
        rolesOf(key),
        key.post ?? '–',
        untilIn(key, now),
        label(keyStateLabels, stateOf(key)),
      ],
    }))}
  />
)

export const Keys = ({ of, institution }: { of: Session; institution: string }) => {
  const { reading, again } = useReading(
    async () => (await of.client.getKeys(institution)).body.items,
    [of],
  )
  const now = of.client.hubTime()
  const keys = reading.state === 'there' ? reading.value : []
  const soon = endingSoon(keys, now)
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
            <KeysTable
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
          <KeysTable
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
