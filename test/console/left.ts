// What a browser keeps after a session, searched in every file of its profile.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type Visit, filesOf } from './browser.ts'

export type Needle = readonly [what: string, bytes: Buffer]

/** A text as a browser may keep it: in UTF-8 and in UTF-16. */
export const needlesOf = (texts: Readonly<Record<string, string>>): Needle[] =>
  Object.entries(texts).flatMap(([what, text]) => [
    [what, Buffer.from(text)] as const,
    [`${what}, in UTF-16`, Buffer.from(text, 'utf16le')] as const,
  ])

/** Closes the browsers, so that they write what they have, and says which of it is in which file. */
export const leftBy = async (
  visits: readonly Visit[],
  needles: readonly Needle[],
): Promise<string[]> => {
  for (const { context } of visits) await context.close()
  const files = visits
    .flatMap(({ profile }) => filesOf(profile))
    .map(path => ({ path, bytes: readFileSync(path) }))
  expect(files.length).toBeGreaterThan(20)
  // What is searched is where it would be: the address of the page is in one of these files.
  expect(files.some(({ bytes }) => bytes.includes('127.0.0.1'))).toBe(true)
  return files.flatMap(({ path, bytes }) =>
    needles.flatMap(([what, needle]) => (bytes.includes(needle) ? [`${what}: ${path}`] : [])),
  )
}
