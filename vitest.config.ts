import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { configDefaults, defineConfig } from 'vitest/config'

/** Memory as a folder, on Linux. */
const mount = '/dev/shm'
/** Bytes: the long tests write much, and what is in memory must not be all of it. */
const atLeast = 4 * 2 ** 30

/** Whether the machine has the room there, for programs too: tests install packages and run them. */
const hasRoom = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(mount)
    const options = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map(line => line.split(' '))
      .find(([, at]) => at === mount)?.[3]
    return options !== undefined && !/\bnoexec\b/.test(options) && bavail * bsize >= atLeast
  } catch {
    return false
  }
}

/**
 * Hubs wait for their disk at every write. Makes this process, and those that it starts, keep their temporary files in
 * memory, where the machine has that; else nothing changes. They go when it ends.
 */
const keepInMemory = (): void => {
  // A test reads this file too, in a process that has inherited the folder.
  if (tmpdir().startsWith(mount) || !hasRoom()) return
  const folder = mkdtempSync(join(mount, 'hub-tests-'))
  process.env['TMPDIR'] = folder
  process.once('exit', () => {
    try {
      // A database of a test's hub may still be ending in there.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    } catch {
      process.stderr.write(`could not remove ${folder}\n`)
    }
  })
}

keepInMemory()

/** What needs no hub and no process: rules, crypto, log, shapes, the client, the template. Seconds. */
const unit = [
  'test/{borders,client,docs,events,form,log,mutants,schemas,signatures,texts}/**/*.test.ts',
  'test/functions/{access-log,crypto,http}/**/*.test.ts',
  'test/infra/*.test.ts',
]
/** What takes minutes: many seeds, real waits, every permission taken away, CloudFormation's own rules. */
const long = ['test/**/*.long.test.ts']
/**
 * What `npm test` has a part of elsewhere: drills, races, restarts, processes, a hub of its own. `npm run test:whole`
 * has them and `long`. They meet faults and other days as all journeys do, which `long` does not.
 */
const whole = ['test/**/*.whole.test.ts']
const journey = (name: string): string => `test/journeys/${name}.test.ts`
/** One of the journeys, which meets faults by seed in every run (test-hub.ts); all of them do in the long one. */
const faulted = ['cases'].map(journey)
/** All but these, each with what it holds that is true without faults alone (test/docs/unfaulted.test.ts). */
export const unfaulted: Readonly<Record<string, string>> = {
  'admission.whole': 'when and how often a request draws from its key’s rate, call by call',
  ahead: 'which rows each request reads, call by call',
  guards: 'how often a submission asks KMS',
  'rate.whole':
    'a replay costs nothing in the instance that served it; under faults each call may have another',
  'waiting.whole': 'sixty pulls of one key in one instance; under faults each call has its own',
}
/** The seed stands in the names of these projects: a failing run says it. */
const seed = process.env['HUB_FAULTS'] ?? '14'
const env = { HUB_FAULTS: seed }
/** In a real browser, with what test/console/run.ts installs. */
const inBrowser = ['test/console/**/*.test.ts']
/** `--exclude` does not reach projects that have an `exclude` of their own: test/dates/run.ts says it here. */
const leftOut = process.env['TESTS_LEFT_OUT']?.split(',') ?? []
const exclude = [...configDefaults.exclude, ...long, ...whole, ...leftOut]
const globalSetup = ['test/built-hub.ts']
/** A message whose pull lost its answer comes again in half a minute. */
const underFaults = { globalSetup, env, testTimeout: 90_000, hookTimeout: 90_000 }

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // For two cores: a worker often waits for a hub or a command line that it started as a process.
    maxWorkers: 3,
    // Of tests that say so, in one file (test/faults): each has a hub of its own.
    maxConcurrency: 4,
    // Files of one worker share what they import: loading the CDK and the SDK anew for each was a third of the time.
    isolate: false,
    // Hubs and command lines that tests start as processes compile their files once.
    env: {
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      // The stack of a door, tried without a hub, answers and sends in a hub's name all the same.
      HUB_NAME: 'referral-hub.example/local',
    },
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude } },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...unit, ...inBrowser],
          globalSetup,
        },
      },
      {
        extends: true,
        test: { name: `faulted-${seed}`, include: faulted, ...underFaults },
      },
      {
        extends: true,
        test: {
          name: `all-faulted-${seed}`,
          include: ['test/journeys/**/!(*.long).test.ts'],
          exclude: [...configDefaults.exclude, ...leftOut, ...Object.keys(unfaulted).map(journey)],
          ...underFaults,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: whole,
          exclude: [...configDefaults.exclude, ...leftOut],
          globalSetup,
          testTimeout: 120_000,
        },
      },
      // Many rounds, beside others: a time limit is for what hangs.
      { extends: true, test: { name: 'long', include: long, globalSetup, testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'console',
          include: inBrowser,
          globalSetup,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // As long as a browser is given for what it waits for itself (test/console/browser.ts).
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
