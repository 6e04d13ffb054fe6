// npm run bench: what the hub costs over the primitives it is made of. Ratios of one run on one machine; times are
// there to be divided.
import { parseArgs } from 'node:util'
import { benchExchange } from './exchange.ts'
import { benchLog } from './log.ts'

const usage = `npm run bench -- [--only exchange|log] [--rounds 30] [--most 1000000]

  --only    one of the two parts
  --rounds  how often each thing is measured; medians are shown
  --most    the longest access log that is built: 1000, 100000 or 1000000 entries`

const print = (line: string) => void process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '30' },
    most: { type: 'string', default: '1000000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const rounds = Number(values.rounds)
const sizes = [1000, 100_000, 1_000_000].filter(size => size <= Number(values.most))
const parts = ['exchange', 'log'].filter(part => values.only === undefined || values.only === part)
if (values.help || !(rounds >= 2 && rounds <= 200) || sizes.length === 0 || parts.length === 0) {
  print(usage)
  process.exit(values.help ? 0 : 2)
}
if (parts.includes('exchange')) await benchExchange(rounds, print)
if (parts.includes('log')) await benchLog(sizes, rounds, print)
