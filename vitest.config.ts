import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

/** What needs no hub and no process: rules, crypto, log, shapes, the client, the template. Seconds. */
const unit = [
  'test/{borders,client,docs,events,form,log,mutants,schemas,signatures,texts}/**/*.test.ts',
  'test/functions/{access-log,crypto,http}/**/*.test.ts',
  'test/infra/*.test.ts',
]
/** What takes minutes: many seeds, real waits, every permission taken away, CloudFormation's own rules. */
const long = ['test/**/*.long.test.ts']
/** In a real browser, with what test/console/run.ts installs. */
const inBrowser = ['test/console/**/*.test.ts']
/** `--exclude` does not reach projects that have an `exclude` of their own: test/dates/run.ts says it here. */
const leftOut = process.env['TESTS_LEFT_OUT']?.split(',') ?? []
const exclude = [...configDefaults.exclude, ...long, ...leftOut]
const globalSetup = ['test/built-hub.ts']

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // For two cores: a worker often waits for a hub or a command line that it started as a process.
    maxWorkers: 3,
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
      { extends: true, test: { name: 'long', include: long, globalSetup } },
      {
        extends: true,
        test: {
          name: 'console',
          include: inBrowser,
          globalSetup,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
