// How it stands: what waits for whoever has entered, whether the hub works, and how far the log is signed.
import type { Me } from '../../../schemas/institution.ts'
import { useReading } from '../doing.ts'
import { Fold } from '../fold.tsx'
import { Link, Loading, Notice, Problem } from '../parts.tsx'
import { moment } from '../say.ts'
import { say } from './home-words.ts'
import type { Session } from '../session.ts'
import { kindOf, newsDays, newsKinds, newsOf, newsSince } from './news.ts'
import { type Standing, standing } from './standing.ts'
import { waitingIn } from './waiting.ts'

const Waits = ({ of, me, found }: { of: Session; me: Me; found: Standing }) => {
  const waiting = waitingIn(found, me, of.client.hubTime())
  return (
    <>
      <h2 class="govuk-heading-m">{say('home.waits')}</h2>
      {waiting.length === 0 ? (
        <p class="govuk-body">{say('home.nothing-waits')}</p>
      ) : (
        <ul class="govuk-list">
          {waiting.map(({ to, text, late }) => (
            <li key={`${to} ${text}`}>
              <Link to={to}>{text}</Link>
              {late !== undefined && (
                <div>
                  <strong>{late}</strong>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {waiting.some(({ late }) => late !== undefined) && (
        <p class="govuk-body-s">{say('home.late-of')}</p>
      )}
    </>
  )
}

/** What came back of what was sent: a count of each kind, and the way to them. */
const Told = ({ news, now }: { news: NonNullable<Standing['news']>; now: Date }) => {
  const { items, more, looked } = news
  const since = newsSince(now)
  const kinds = newsKinds.flatMap(kind => {
    const count = items.filter(one => newsOf(one, since).some(said => kindOf(said) === kind)).length
    return count === 0 ? [] : [{ kind, count }]
  })
  const days = newsDays
  const count = more ? say('home.among', { count: items.length, of: looked }) : items.length
  return (
    <>
      <h2 class="govuk-heading-m">{say('home.news')}</h2>
      {items.length === 0 ? (
        <p class="govuk-body">{say('home.no-news', { days })}</p>
      ) : (
        <>
          <p class="govuk-body">
            <Link to="enviadas?ver=novedades">{say('home.news-count', { days, count })}</Link>
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {kinds.map(({ kind, count: each }) => (
              <li key={kind}>{say(`news.${kind}`, { count: each })}</li>
            ))}
          </ul>
          {kinds.reduce((sum, { count: each }) => sum + each, 0) > items.length && (
            <p class="govuk-body-s">{say('home.news-twice')}</p>
          )}
        </>
      )}
    </>
  )
}

const Works = ({ ill }: Pick<Standing, 'ill'>) =>
  ill ? (
    <Notice>
      <p class="govuk-body">{say('home.ill')}</p>
      {ill.instance !== undefined && (
        <p class="govuk-body-s rh-id">{say('app.request-id', { id: ill.instance })}</p>
      )}
    </Notice>
  ) : (
    <p class="govuk-body">{say('home.works')}</p>
  )

const SignedLog = ({ log: { size, cosigned } }: { log: NonNullable<Standing['log']> }) => (
  <>
    <p class="govuk-body">{say('home.log', { size })}</p>
    {cosigned.length === 0 && <p class="govuk-body">{say('home.not-cosigned')}</p>}
    {cosigned.map(({ institution, size: covered, cosignedAt }) => (
      <p class="govuk-body" key={institution}>
        {say('home.cosigned', { institution, size: covered, at: moment(cosignedAt) })}
      </p>
    ))}
    <Fold title={say('home.cosign-title')}>
      <p class="govuk-body">{say('home.cosign-how')}</p>
      <pre class="rh-exact">hub log cosign</pre>
    </Fold>
  </>
)

/** Read with each visit, and not again meanwhile. */
export const State = ({ of, me }: { of: Session; me: Me }) => {
  const { reading, again } = useReading(() => standing(of, me), [of])
  if (reading.state === 'loading') return <Loading />
  if (reading.state === 'failed') return <Problem error={reading.error} again={again} />
  const { value: found } = reading
  return (
    <>
      <Waits of={of} me={me} found={found} />
      {found.news && <Told news={found.news} now={of.client.hubTime()} />}
      <h2 class="govuk-heading-m">{say('home.hub')}</h2>
      <Works ill={found.ill} />
      {found.log && <SignedLog log={found.log} />}
    </>
  )
}
