// The console: one page, whose place is in the address bar, and whose user is whoever has unlocked their key.
import { type ComponentChildren, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { about, type About, onThisMachine, unanswered } from './hub.ts'
import { type Later, later } from './later.tsx'
import { Enter } from './pages/enter.tsx'
import { OwnKey } from './pages/own-key.tsx'
import { RequestAccess } from './pages/request.tsx'
import { Link, NotFound, type PagesOf } from './parts.tsx'
import { fileOf, linksFor, type PagesFile, rolesBesides } from './roles.ts'
import { place, type Place } from './route.ts'
import { language, say, speak } from './say.ts'
import { lock, session, type Session } from './session.ts'

// Zod, which some of these files bring, makes functions out of text where it may. Here it may not: it is told so before
// it is loaded, for trying is a violation of the policy too.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

/** What everybody sees first who has entered. */
const Home = later('home', async () => (await import('./pages/home.tsx')).Home)

/** Instead of a page of other roles. */
const NotYours = later('not-yours', async () => (await import('./pages/not-yours.tsx')).NotYours)

const liaisonPages = later(
  'liaison',
  async () => (await import('./pages/liaison.tsx')).LiaisonPages,
)

/** The files of the roles' pages; whoever signs for an institution has the liaison's. */
const pagesOf: Partial<Record<PagesFile, Later<PagesOf>>> = {
  recipient: later('recipient', async () => (await import('./pages/recipient.tsx')).RecipientPages),
  'compliance-officer': later(
    'officer',
    async () => (await import('./pages/officer.tsx')).OfficerPages,
  ),
  liaison: liaisonPages,
  signatory: liaisonPages,
  referrer: later('referrer', async () => (await import('./pages/referrer.tsx')).ReferrerPages),
  form: later('form', async () => (await import('./pages/form.tsx')).FormPages),
}

/** What is shown: `solicitar` to anybody, everything else to who has entered. */
const Shown = ({ at, of }: { at: Place; of: Session | undefined }) => {
  if (at.page === undefined) return <NotFound />
  if (at.page === 'solicitar' && at.rest.length === 0) return <RequestAccess />
  if (!of) return <Enter />
  if (!of.me || at.page === 'mi-llave') return <OwnKey />
  if (at.page === 'inicio') return <Home of={of} me={of.me} />
  const others = rolesBesides(of.me, at.page)
  if (others.length > 0) return <NotYours me={of.me} roles={others} />
  const file = fileOf(at.page)
  const Pages = file && pagesOf[file]
  if (Pages) return <Pages of={of} me={of.me} at={at} />
  return <NotFound />
}

const useLine = () => {
  const [there, setThere] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setThere(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
  }, [])
  return there
}

/** Minutes by which this computer's clock is wrong, where that matters. */
const useWrongClock = () => {
  const [hub, setHub] = useState<About>()
  useEffect(() => void about().then(setHub, () => {}), [])
  const minutes = Math.round(Math.abs(hub?.aheadMs ?? 0) / 60_000)
  return onThisMachine ? 0 : minutes
}

const Banner = ({ children }: { children: ComponentChildren }) => (
  <div class="rh-banner">
    <div class="govuk-width-container">
      <p class="govuk-body-s">{children}</p>
    </div>
  </div>
)

/** What is true of every page, above it: trial, line, clock. Read out when it changes. */
const Banners = ({ of }: { of: Session | undefined }) => {
  const line = useLine()
  const waits = unanswered.use()
  const minutes = useWrongClock()
  return (
    <>
      {onThisMachine && (
        <Banner>
          {of?.trial === undefined ? say('app.trial') : say('app.trial-key', { name: of.trial })}
        </Banner>
      )}
      <div role="status">
        {waits && <Banner>{say(line ? 'app.waits' : 'app.offline')}</Banner>}
        {!line && !waits && <Banner>{say('app.no-line')}</Banner>}
        {minutes > 0 && <Banner>{say('app.clock', { minutes })}</Banner>}
      </div>
    </>
  )
}

const Header = ({ of }: { of: Session | undefined }) => {
  const other = language.use() === 'es' ? 'en' : 'es'
  return (
    <header>
      <div class="rh-header">
        <div class="govuk-width-container">
          <span class="rh-header__name">{say('app.name')}</span>
          <button class="rh-plain" type="button" lang={other} onClick={() => speak(other)}>
            {say('app.other-language')}
          </button>
          {of && (
            <button class="rh-plain" type="button" onClick={() => lock()}>
              {say('app.lock')}
            </button>
          )}
        </div>
      </div>
      <Banners of={of} />
    </header>
  )
}

const Menu = ({ of, at }: { of: Session; at: Place }) => {
  const links = [
    { to: '', page: 'inicio', text: 'app.home' },
    ...(of.me ? linksFor(of.me).map(link => ({ ...link, page: link.to })) : []),
    { to: 'mi-llave', page: 'mi-llave', text: 'own.title' },
  ] as const
  return (
    <nav class="rh-nav" aria-label={say('app.menu')}>
      <div class="govuk-width-container">
        <ul class="govuk-body">
          {links.map(({ to, page, text }) => (
            <li key={to}>
              <Link to={to} {...(at.page === page && { 'aria-current': 'page' })}>
                {say(text)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

const App = () => {
  const chosen = language.use()
  const at = place.use()
  const of = session.use()
  useEffect(() => {
    document.documentElement.lang = chosen
  }, [chosen])
  // Whoever has entered has their pages before they ask for one, and when the line is gone.
  useEffect(() => {
    if (!of?.me) return
    Home.soon()
    NotYours.soon()
    for (const role of of.me.roles) pagesOf[role]?.soon()
  }, [of])
  return (
    <>
      <a
        href="#main"
        class="govuk-skip-link"
        onClick={event => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {say('app.skip')}
      </a>
      <Header of={of} />
      {of && <Menu of={of} at={at} />}
      <div class="govuk-width-container">
        <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds rh-page">
              <Shown key={`${at.page} ${at.rest.join('/')} ${of === undefined}`} at={at} of={of} />
            </div>
          </div>
        </main>
      </div>
    </>
  )
}

const root = document.getElementById('app')
// Preact leaves what it finds there.
root?.replaceChildren()
if (root) render(<App />, root)
