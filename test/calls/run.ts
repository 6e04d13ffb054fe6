// npm run calls: what the exchange calls at AWS, counted on a fresh local hub. One JSON object on stdout; progress and
// the tables on stderr.
import { parseArgs } from 'node:util'
import { countExchange } from './exchange.ts'
import { figuresOf, pricePerThousand, summaryOf, writtenOf, tripsOf } from './figures.ts'

const usage = `npm run calls -- [--verbose]

Starts a fresh local hub, runs the exchange and counts what its functions call at AWS. Prints one JSON object:

  submit, pullOne, pullTen, ackOne, ackTen, status, release
              calls of one request; status is the mean of five changes
  lifecycle   calls of a submit, a pull, an ack and five changes of status
  bucket      writes of the rate's bucket in a lifecycle, in none of the above; as many as there can be
  hops        round trips one after the other: submit, pull, ack, status
  units       transactional units of a lifecycle in DynamoDB, without indexes

  --verbose   on stderr also where the units go, and every call by round trip`

const tell = (line: string) => void process.stderr.write(`${line}\n`)

const options = {
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const wrong = (error: unknown): never => {
  tell(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exit(2)
}
const optionsOf = () => {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    return wrong(error)
  }
}

const { verbose, help } = optionsOf()
if (help) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
const exchange = await countExchange(tell)
tell(`\n${summaryOf(exchange)}`)
tell(`\n1,000 lifecycles: US$ ${pricePerThousand(exchange).toFixed(2)} by read and write units`)
if (verbose) tell(`\n${writtenOf(exchange)}\n\n${tripsOf(exchange)}`)
process.stdout.write(`${JSON.stringify(figuresOf(exchange))}\n`)
