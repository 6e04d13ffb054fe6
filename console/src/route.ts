// Where one is: the path below /console, and what is asked for after it. By the browser's own history.
import { pageNames, type PageName, pagePath } from './pages.ts'
import { store } from './store.ts'

export type Place = {
  page: PageName | 'inicio' | undefined
  rest: string[]
  query: URLSearchParams
}

/** What the hub serves as no page (404) is none here either. */
const placeOf = (path: string, search: string): Place => {
  const below = path.replace(/^\/console\/?/, '')
  const [name = '', ...rest] = below.split('/').filter(part => part !== '')
  const known = pagePath.test(below) ? pageNames.find(one => one === name) : undefined
  const page = below === '' ? 'inicio' : known
  return { page, rest, query: new URLSearchParams(search) }
}
const now = () => placeOf(location.pathname, location.search)

export const place = store<Place>(now())

/** Whether the first page is still the one that is shown: then nobody's focus is to be moved. */
export const arrival = { first: true }

/** `path`: below /console, with its query: `bandeja?estado=requested`. */
export const go = (path: string, { replace = false } = {}): void => {
  const url = `/console${path === '' ? '' : `/${path}`}`
  // Who goes where they are asks for it again, and needs no second step back.
  const here = url === `${location.pathname}${location.search}`
  if (replace || here) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  arrival.first = false
  if (!replace) scrollTo(0, 0)
  place.set(now())
}

addEventListener('popstate', () => {
  arrival.first = false
  place.set(now())
})
