// docs/partners.es.md and .en.md, cut into sections and programs.
import { readFileSync } from 'node:fs'

export const root = new URL('../../', import.meta.url)
export const texts = {
  es: readFileSync(new URL('docs/partners.es.md', root), 'utf8'),
  en: readFileSync(new URL('docs/partners.en.md', root), 'utf8'),
}
export const pages = Object.entries(texts)
/** What stands between fences, in order: its language and its text. */
export const blocksOf = (text: string) =>
  [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }))
export const block = (language: string, n = 0): string => {
  const found = blocksOf(texts.es).filter(each => each.language === language)[n]
  if (found === undefined) throw new Error(`docs/partners.es.md has no ${language} block ${n}`)
  return found.code
}
/** A section by its number, the same in both languages. */
export const sectionOf = (text: string, n: number): string =>
  text.slice(text.indexOf(`\n## ${n}. `), text.indexOf(`\n## ${n + 1}. `))
