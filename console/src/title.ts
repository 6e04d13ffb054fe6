// The title of the page: its heading, after "Error: " while the page says that something is wrong (GOV.UK Design
// System, error summary), so that it is the first that a reader hears of it.
import { useEffect } from 'preact/hooks'
import { language, say } from './say.ts'

let heading = ''
const faults = new Set<object>()

const write = (): void => {
  if (heading === '') return
  document.title = `${faults.size > 0 ? say('app.error') : ''}${heading} – ${say('app.name')}`
}

export const useTitle = (text: string): void => {
  const chosen = language.use()
  useEffect(() => {
    heading = text
    write()
  }, [text, chosen])
}

/** While `there`, the page has something wrong on it. */
export const useFault = (there: boolean): void =>
  useEffect(() => {
    if (!there) return undefined
    const one = {}
    faults.add(one)
    write()
    return () => {
      faults.delete(one)
      write()
    }
  }, [there])
