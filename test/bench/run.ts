// npm run bench: what the hub costs over the primitives it is made of. Ratios of one run on one machine; times are
// there to be divided.
import { parseArgs } from 'node:util'
import { benchExchange } from './exchange.ts'
import { benchLog } from './log.ts'
import { benchMemory } from './memory.ts'
import { PeersMissing, benchPeers } from './peers.ts'
import { benchProgramme } from './programme.ts'
import { benchVerify } from './verify.ts'

const usage = `npm run bench -- [--only exchange|log|verify|memory|programme] [--rounds 30] [--most 1000000]
npm run bench -- --million [--rounds 1]
npm run bench -- --peers [--rounds 9] [--memory]

  --only      one of the parts; memory and programme run only when they are named
  --rounds    how often each thing is measured; medians are shown
  --most      the longest access log that is built: 1000, 10000, 100000 or 1000000 entries
  --referrals with programme: the most there are (default 100000; 250 is shown beside it)
  --requests  how many requests a service whose memory is read gets (default 5000)
  --million   instead, the offline check of a million signed entries: some ten minutes, and 1.2 GB on the disk
  --peers     instead, beside FHIR Works on AWS and a plain service; installs them first (test/bench/peers)
  --memory    with --peers: how their memory grows, too`

const print = (line: string) => void process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    most: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '5000' },
    referrals: { type: 'string', default: '100000' },
    peers: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const rounds = Number(values.rounds ?? (values.peers ? 9 : values.million ? 1 : 30))
const most = Number(values.most)
const sizes = [10_000, 100_000, 1_000_000].filter(size => size <= most)
// So short a log shows no growth: that the bench runs.
if (sizes.length === 0 && most >= 1000) sizes.push(1000)
const requests = Number(values.requests)
const referrals = Number(values.referrals)
const parts = values.only === undefined ? ['exchange', 'log', 'verify'] : [values.only]
const known = parts.every(part =>
  ['exchange', 'log', 'verify', 'memory', 'programme'].includes(part),
)
const usable =
  rounds >= (values.million ? 1 : 2) && rounds <= 200 && requests >= 1 && requests <= 100_000
const counted = referrals >= 250 && referrals <= 1_000_000
// Growth is shown from 2,000 requests on.
const enough = !values.memory || requests >= 4000
const alone = !values.million || (values.only === undefined && !values.peers)
const fitting = enough && alone && (values.peers ? values.only === undefined : !values.memory)
if (values.help || !usable || !counted || !fitting || sizes.length === 0 || !known) {
  print(usage)
  process.exit(values.help ? 0 : 2)
}
if (values.peers) {
  try {
    await benchPeers(rounds, values.memory ? requests : 0, print)
    process.exit(0)
  } catch (error) {
    if (!(error instanceof PeersMissing)) throw error
    process.stderr.write(`nothing was measured: ${error.message}\n`)
    process.exit(1)
  }
}
if (values.million) {
  await benchVerify(1_000_000, rounds, print)
  process.exit(0)
}
if (parts.includes('exchange')) await benchExchange(rounds, print)
if (parts.includes('log')) await benchLog(sizes, rounds, print)
// Of some seconds each: fewer rounds, and no more entries than show how it grows.
if (parts.includes('verify')) await benchVerify(Math.min(100_000, most), Math.min(5, rounds), print)
if (parts.includes('programme')) await benchProgramme([250, referrals], print)
if (parts.includes('memory')) await benchMemory({ requests, step: 500 }, print)
