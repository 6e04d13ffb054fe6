// `npm run test:mutants [-- [--copies N] [NAME]]`: breaks a copy of the checkout in one place after another and expects
// the named tests to fail there. Exit 1 when a mutant survives, cannot be made, or its tests do not even pass unbroken.
// NAME: only mutants whose name or file has it. --copies: how many at a time (1 to 8, default 2).
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Checkout, checkout } from './checkout.ts'
import { allMutants, faultOf } from './lists.ts'
import type { Mutant } from './mutant.ts'

const root = join(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { copies: { type: 'string', default: '2' } },
})
const [wanted, ...more] = positionals
if (!/^[1-8]$/u.test(values.copies) || more.length > 0) {
  process.stderr.write('usage: npm run test:mutants -- [--copies 1..8] [NAME]\n')
  process.exit(2)
}
const atOnce = Number(values.copies)
const all = await allMutants()
const mutants = all.filter(
  ({ name, file }) => wanted === undefined || name.includes(wanted) || file.includes(wanted),
)
const say = (line: string) => void process.stdout.write(`${line}\n`)
/** The permission table's own mutants: every action that a role has, taken away from it while the hub runs. */
const permissions = 'test/journeys/permitted.long.test.ts'
const withPermissions = wanted === undefined || permissions.includes(wanted)
if (mutants.length === 0 && !withPermissions) {
  say(`no mutant is called ${wanted}`)
  process.exit(2)
}

const bad: string[] = []
const complain = (name: string, why: string) => {
  bad.push(name)
  say(`BAD       ${name}: ${why}`)
}

const copies = Array.from({ length: Math.min(atOnce, Math.max(1, mutants.length)) }, checkout)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const copy of copies) copy.remove()
    process.exit(130)
  })

/** Does all of `work`, a piece in each copy at a time. */
const share = async <T>(work: readonly T[], step: (one: T, copy: Checkout) => Promise<void>) => {
  const left = [...work]
  await Promise.all(
    copies.map(async copy => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await step(next, copy)
    }),
  )
}

// A test that fails anyhow would let every mutant die.
const red = new Set<string>()
await share([...new Set(mutants.flatMap(({ tests }) => tests))], async (test, copy) => {
  const { what, by } = await copy.run([test])
  if (what === 'passed') return
  red.add(test)
  complain(test, `does not pass as it is (${what} ${by})`)
})

await share(mutants, async (mutant: Mutant, copy) => {
  const { name, tests } = mutant
  const fault = faultOf(root, mutant)
  if (fault) return complain(name, fault)
  if (tests.some(test => red.has(test))) return complain(name, 'its tests do not pass as they are')
  const began = performance.now()
  const { what, by } = await copy.mutated(mutant, () => copy.run(tests))
  const seconds = Math.round((performance.now() - began) / 1000)
  if (what === 'failed') say(`died      ${name} (${by}, ${seconds} s)`)
  else if (what === 'passed') {
    bad.push(name)
    say(`SURVIVED  ${name} (${tests.join(', ')}, ${seconds} s)`)
  } else complain(name, `its tests could not be run: ${by}`)
  return undefined
})

if (withPermissions) {
  const { what, by } = (await copies[0]?.run([permissions])) ?? { what: 'not run', by: '' }
  if (what === 'passed') say(`died      every permission, taken away one by one`)
  else complain(permissions, `${what} ${by}`)
}

for (const copy of copies) copy.remove()
say(`${mutants.length} mutants, ${bad.length === 0 ? 'all died' : `${bad.length} to look at`}`)
process.exit(bad.length === 0 ? 0 : 1)
