// Progress and the clock's work beside how many referrals there are: what they call at AWS, counted.
import { countProgramme, linesOf, unitsOf } from '../calls/programme.ts'

/** Prints a table of calls and units at each size, and every call at the largest. */
export const benchProgramme = async (
  sizes: readonly number[],
  print: (line: string) => void,
): Promise<void> => {
  print('## Progress and due work: calls at AWS, and units\n')
  print('| referrals | a report | eight that are due | nothing due |')
  print('|---|---|---|---|')
  const lines: string[] = []
  for (const size of sizes) {
    const { progress, dueWork, nothingDue } = await countProgramme(size)
    const cells = [progress, dueWork, nothingDue].map(
      calls => `${calls.length} calls, ${unitsOf(calls)} units`,
    )
    print(`| ${[size, ...cells].join(' | ')} |`)
    lines.splice(0, lines.length, ...linesOf(progress), ...linesOf(dueWork))
  }
  print('')
  for (const line of lines) print(`    ${line}`)
  print('')
}
