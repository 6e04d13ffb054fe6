// The lists of this folder: each file that exports `mutants`, by subject.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from './mutant.ts'

const notLists = new Set(['mutant.ts', 'lists.ts', 'run.ts', 'checkout.ts'])

/** All mutants, in the order of their files. Throws where a file of the folder has none. */
export const allMutants = async (): Promise<Mutant[]> => {
  const files = readdirSync(import.meta.dirname)
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notLists.has(file))
    .toSorted()
  const lists = await Promise.all(
    files.map(async file => {
      const { mutants } = (await import(new URL(file, import.meta.url).href)) as {
        mutants?: readonly Mutant[]
      }
      if (!mutants?.length) throw new Error(`test/mutants/${file} exports no mutants`)
      return mutants
    }),
  )
  return lists.flat()
}

/** What is wrong with a mutant as it is written, in the checkout at `root`; undefined if nothing is. */
export const faultOf = (
  root: string,
  { file, find, replace, also = [], tests }: Mutant,
): string | undefined => {
  if (!existsSync(join(root, file))) return `there is no ${file}`
  const text = readFileSync(join(root, file), 'utf8')
  for (const edit of [{ find, replace }, ...also]) {
    const found = text.split(edit.find).length - 1
    if (found !== 1) return `what it looks for is ${found} times in ${file}, not once`
    if (edit.find === edit.replace) return 'it changes nothing'
  }
  if (tests.length === 0) return 'it names no test'
  const missing = tests.find(test => !test.endsWith('.test.ts') || !existsSync(join(root, test)))
  return missing === undefined ? undefined : `there is no test ${missing}`
}
