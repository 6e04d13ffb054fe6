// What nobody uses: files, exports, dependencies (`npm run borders`). An entry is what is run or read by its path; each
// says by what.
import type { KnipConfig } from 'knip'
import { hubFunctions } from '../infra/functions.ts'

const entry = [
  // Bundled and deployed by its name in the permission table.
  ...hubFunctions.map(({ module }) => `functions/${module}.ts`),
  // Run by .ci/run.
  '.ci/*.mjs',
  // Functions that the tests of the local hub let its workers run.
  'test/infra/local/handlers/*.ts',
  // Run in a process of its own by infra/local/build-apart.ts.
  'infra/local/build-process.ts',
  // Preloaded by test/dates/run.ts.
  'test/dates/shift-clock.mjs',
  // Read by test/mutants/lists.ts, which reads the folder.
  'test/mutants/{calls,client,clock,dates,effects,exchange,handovers,inbox,keys,log,milestones,reads,signatures}.ts',
  // Run by hand, when the examples change.
  'test/data/make-referrals.mjs',
]

const config: KnipConfig = {
  workspaces: {
    '.': { entry },
    // Their builds compile in what lies outside of their folders, and that needs these.
    client: { ignoreDependencies: ['structured-headers', 'zod'] },
    verify: {
      // Its threads run it by its path (verify/threads.ts).
      entry: ['chunk-thread.ts'],
      ignoreDependencies: ['@noble/hashes', 'structured-headers'],
    },
    // A browser runs it, from the shell, and its worker; all are read by build.ts.
    // print-manifest.ts is run by bin/console-check/built.ts.
    console: {
      entry: ['build.ts', 'print-manifest.ts', 'src/main.tsx', 'src/worker/check-log.ts'],
      ignoreDependencies: ['govuk-frontend'],
    },
    // A package of its own, found by a `file:` dependency: what it needs stands in its own package.json.
    'test/generators': {},
    // Another, which only the bench installs (test/bench/peers.ts): its files are run by their paths.
    'test/bench/peers': { entry: ['*.mjs'] },
    // Another, which only npm run test:console installs (test/console/run.ts). axe-core is
    // read as text.
    'test/console': {
      entry: ['*.browser.test.ts', 'screenshots.ts'],
      ignoreDependencies: ['axe-core'],
    },
  },
  // Found as the folder that it is, not by its name; the CLI, which infra/deploy.ts runs by its path.
  ignoreDependencies: ['referral-hub-generators', 'aws-cdk'],
  // Of coreutils: makes a pipe (test/verify/verify-log.workers.whole.test.ts). Of util-linux: gives a program a terminal
  // (test/bin/irreversible.whole.test.ts).
  ignoreBinaries: ['mkfifo', 'script'],
}
export default config
