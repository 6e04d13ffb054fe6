// `npm run test:dates`: every test and the demo, on other days and in other time zones than this machine's. `-- --fast`
// runs what needs no hub, on one day. What passes only today shows here before it turns red by itself.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { agreements } from '../../infra/declared.ts'

const day = 86_400_000
const began = Date.now()

/** The next 29 February after today, at noon. */
const leapDay = (): number => {
  for (let year = new Date(began).getUTCFullYear(); ; year++) {
    const at = Date.UTC(year, 1, 29, 12)
    if (new Date(at).getUTCMonth() === 1 && at > began) return at
  }
}

/** A hundred days after the last agreement has ended: its time to finish open work is over too. */
const afterTheEnd =
  Math.max(began, ...agreements().map(({ inForceUntil }) => Date.parse(inForceUntil))) + 100 * day

const moments = [
  { name: 'in 45 days', at: began + 45 * day, zone: 'Pacific/Kiritimati' },
  { name: 'in 400 days', at: began + 400 * day, zone: 'America/Los_Angeles' },
  { name: 'on 29 February', at: leapDay(), zone: 'Pacific/Kiritimati' },
  { name: 'after the agreement', at: afterTheEnd, zone: 'America/Los_Angeles' },
]

/**
 * Programs in other languages run by the machine's clock, which nothing here moves: their hub would live on another day
 * than they.
 */
const otherClocks = ['test/bin/partners.programs.whole.test.ts']
const fast = [
  'test/events',
  'test/schemas',
  'test/client',
  'test/log',
  'test/signatures',
  'test/functions/crypto',
  'test/functions/http',
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fast: { type: 'boolean', default: false } },
})
const tests = values.fast ? fast : positionals
/** As `npm test` has them, and whole journeys: what else is long is so by the work that it does, not by its day. */
const projects = ['unit', 'journeys', 'whole'].flatMap(name => ['--project', name])
const commands = [
  ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...tests],
  ...(tests.length > 0 ? [] : [['bin/demo.ts']]),
]

const chosen = values.fast ? moments.slice(-1) : moments
let failed = 0
for (const { name, at, zone } of chosen) {
  for (const [script = '', ...args] of commands) {
    // From now, so that the second command of a day does not begin where the first ended.
    const ahead = at - began
    const clock = new URL(`shift-clock.mjs?ahead=${ahead}`, import.meta.url)
    const there = new Date(Date.now() + ahead).toISOString()
    process.stdout.write(`\n== ${name}: ${there}, ${zone}: ${script} ${args.join(' ')}\n`)
    const { status } = spawnSync(process.execPath, [script, ...args], {
      stdio: ['ignore', script.startsWith('bin/') ? 'ignore' : 'inherit', 'inherit'],
      env: {
        ...process.env,
        TZ: zone,
        NODE_OPTIONS: `--import=${clock.href}`,
        TESTS_LEFT_OUT: otherClocks.join(),
      },
    })
    if (status === 0) continue
    failed++
    process.stdout.write(`== failed ${name}: ${script}, exit ${status}\n`)
  }
}
process.stdout.write(
  `\n${chosen.length} other days, ${failed} failed. Never moved: ${otherClocks.join(', ')}\n`,
)
process.exitCode = failed === 0 ? 0 : 1
