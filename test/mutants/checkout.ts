// A copy of the checkout that may be broken, and vitest in it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import * as z from 'zod'
import type { Mutant } from './mutant.ts'

const root = join(import.meta.dirname, '../..')
const left = new Set(['node_modules', '.git', 'dist', 'cdk.out'])

const Report = z.object({
  numTotalTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), status: z.string(), message: z.string() })),
})

/** What came of the tests: all passed, some failed, or a file could not even be run. */
export type Ended = { what: 'passed' | 'failed' | 'not run'; by: string }

export type Checkout = ReturnType<typeof checkout>

/** Copies the working tree as it is, without what is ignored. `remove` ends what runs in it, and takes it away. */
export const checkout = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-mutant-'))
  cpSync(root, folder, {
    recursive: true,
    filter: source => {
      const [first = ''] = relative(root, source).split('/')
      return !left.has(first) && !first.startsWith('.hub')
    },
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  let running: ChildProcess | undefined

  return {
    /** Writes `file` with its edits made, does `work`, and puts the file back. */
    mutated: async <T>(
      { file, find, replace, also = [] }: Pick<Mutant, 'file' | 'find' | 'replace' | 'also'>,
      work: () => Promise<T>,
    ): Promise<T> => {
      const path = join(folder, file)
      const before = readFileSync(path, 'utf8')
      const edited = [{ find, replace }, ...also].reduce(
        (text, edit) => text.split(edit.find).join(edit.replace),
        before,
      )
      writeFileSync(path, edited)
      try {
        return await work()
      } finally {
        writeFileSync(path, before)
      }
    },

    /** Runs test files until one fails. */
    run: async (
      tests: readonly string[],
      environment: Record<string, string> = {},
    ): Promise<Ended> => {
      const report = join(folder, '.report.json')
      rmSync(report, { force: true })
      const vitest = join('node_modules', 'vitest', 'vitest.mjs')
      const options = ['--maxWorkers=1', '--bail=1', '--reporter=json', `--outputFile=${report}`]
      running = spawn(process.execPath, [vitest, 'run', ...options, ...tests], {
        cwd: folder,
        env: { ...process.env, ...environment },
        stdio: 'ignore',
      })
      await once(running, 'exit')
      running = undefined
      let json: unknown
      try {
        json = JSON.parse(readFileSync(report, 'utf8'))
      } catch {
        return { what: 'not run', by: 'vitest wrote no report' }
      }
      const { numTotalTests, numFailedTests, testResults } = Report.parse(json)
      const bad = testResults.find(({ status }) => status === 'failed')
      if (numFailedTests > 0) return { what: 'failed', by: relative(folder, bad?.name ?? '') }
      if (bad || numTotalTests === 0)
        return { what: 'not run', by: bad?.message.split('\n')[0] ?? 'no test was found' }
      return { what: 'passed', by: '' }
    },

    remove: (): void => {
      running?.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
