// Where one is: the path below /console, and what is asked for after it. By the browser's own history.
import { pageNames, type PageName } from './pages.ts'
import { store } from './store.ts'

export type Place = {
  page: PageName | 'inicio' | undefined
  rest: string[]
  query: URLSearchParams
}

const placeOf = (path: string, search: string): Place => {
  const [name = '', ...rest] = path.replace(/^\/console\/?/, '').split('/')
  const page = name === '' ? 'inicio' : pageNames.find(one => one === name)
  return { page, rest, query: new URLSearchParams(search) }
}
const now = () => placeOf(location.pathname, location.search)

export const place = store<Place>(now())

/** Whether the first page is still the one that is shown: then nobody's focus is to be moved. */
export const arrival = { first: true }

/** `path`: below /console, with its query: `bandeja?estado=requested`. */
export const go = (path: string, { replace = false } = {}): void => {
  const url = `/console${path === '' ? '' : `/${path}`}`
  // Who goes where they are asks for it anew, and needs no second step back.
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
