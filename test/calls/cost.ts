// npm run cost: what a hub costs in a month, out of counted calls and list prices. A table in Markdown on stdout.
import { parseArgs } from 'node:util'
import { type Exchange, countExchange } from './exchange.ts'
import { type Load, monthOf, pollsPrice, total } from './month.ts'
import { type Idle, countIdle } from './poll.ts'
import { prices, sources } from './prices.ts'

const usage = `npm run cost

Counts on a fresh local hub what a referral's lifecycle and an idle pull call at AWS, and prints what 250 people and 40
institutions cost in a month, by list prices (test/calls/prices.ts). Times of functions, storage and lookups are
assumptions (test/calls/month.ts).`

const load = (referrals: number): Load => ({
  people: 250,
  institutions: 40,
  referrals,
  polls: { everySeconds: 30, waitSeconds: 0 },
})
const ways = [
  { everySeconds: 60, waitSeconds: 0 },
  { everySeconds: 30, waitSeconds: 0 },
  { everySeconds: 5, waitSeconds: 0 },
  { everySeconds: 60, waitSeconds: 20 },
  { everySeconds: 20, waitSeconds: 20 },
] as const

const dollars = (price: number) => (price < 10 ? price.toFixed(2) : Math.round(price).toString())
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** The tables of docs/deploy.md. */
export const costTables = (exchange: Exchange, idle: Idle): string => {
  const [few, many] = [10_000, 1_000_000].map(n => monthOf(exchange, idle, load(n)))
  const lines = (many ?? []).map(([line, price], i) =>
    row([line, dollars(few?.[i]?.[1] ?? 0), dollars(price)]),
  )
  const polls = ways.map(way =>
    row([
      `every ${way.everySeconds} s${way.waitSeconds === 0 ? '' : `, each waits ${way.waitSeconds} s`}`,
      dollars(pollsPrice(idle, { institutions: 40, polls: way })),
    ]),
  )
  return [
    row(['US$ a month, 250 people, 40 institutions', '10,000 referrals', '1,000,000 referrals']),
    '|---|---|---|',
    ...lines,
    row(['**together**', ...[few, many].map(all => `**${dollars(total(all ?? []))}**`)]),
    '',
    row(['40 institutions that ask and get nothing', 'US$ a month']),
    '|---|---|',
    ...polls,
    '',
    `List prices of ${prices.region}, ${prices.of}:`,
    ...sources.map(
      ({ prices: names, source, read }) => `- ${names.join(', ')}: ${source}; read: ${read}`,
    ),
  ].join('\n')
}

const tell = (line: string) => void process.stderr.write(`${line}\n`)

if (import.meta.main) {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) process.stdout.write(`${usage}\n`)
  else {
    const exchange = await countExchange(tell)
    tell('counting pulls without messages')
    process.stdout.write(`${costTables(exchange, await countIdle())}\n`)
  }
}
