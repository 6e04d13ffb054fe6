// GET /v1/access-log/checkpoint, /tile/…, /entries/{index}/proof, /public-key: the log in the layout that tools for transparency logs read
// (C2SP tlog-tiles), so that an officer can verify it with programs that are not ours. Each request is an entry itself.
import { Refused } from '../events/refusal.ts'
import { boundSequence } from './aws/bound-log.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { kmsClient } from './aws/kms.ts'
import { type LogReader, logReader } from './aws/log-reader.ts'
import type { LogSequence } from './aws/log-sequence.ts'
import { env } from './aws/runtime.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { byRoute } from './http/by-route.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & { reader: LogReader; sequence: Pick<LogSequence, 'verifierKey'> }
type Name =
  | 'access-log.checkpoint'
  | 'access-log.public-key'
  | 'access-log.proof'
  | 'access-log.tile'

const text = 'text/plain; charset=utf-8'
/** What is signed never changes, and is for nobody's shared cache. */
const forEver = 'private, max-age=31536000, immutable'

/** Reads for an officer of a party, after the reading is written down. */
const reading =
  <N extends Name>(read: (request: RequestOf<N>, deps: Deps) => Promise<Answer | undefined>) =>
  async (request: RequestOf<N>, deps: Deps): Promise<Answer> => {
    const agreements = await deps.directory.agreementsOf(request.caller.institution)
    if (agreements.length === 0) throw new Refused('forbidden')
    await request.commit([{ action: 'access-log.read', outcome: 'allowed' }], [], { body: {} })
    const answer = await read(request, deps)
    if (!answer) throw new Refused('not-yet-sequenced')
    return answer
  }

export const getCheckpoint = reading<'access-log.checkpoint'>(async (_, { reader }) => {
  const body = await reader.checkpoint()
  return body === undefined ? undefined : { headers: { 'content-type': text }, body }
})

export const getPublicKey = reading<'access-log.public-key'>(async (_, { sequence }) => ({
  headers: { 'content-type': text },
  body: await sequence.verifierKey(),
}))

export const getProof = reading<'access-log.proof'>(async ({ params }, { reader }) => {
  const body = await reader.proof(Number(params.index))
  return body === undefined ? undefined : { headers: { 'content-type': text }, body }
})

export const getTile = reading<'access-log.tile'>(async ({ params }, { reader }) => {
  const [path = '', partial] = params.tile.split('.p/')
  const [level = '', ...number] = path.split('/')
  const n = Number(number.join('').replaceAll('x', ''))
  const width = partial === undefined ? 256 : Number(partial)
  const body =
    level === 'entries' ? await reader.bundle(n, width) : await reader.tile(Number(level), n, width)
  const headers = { 'content-type': 'application/octet-stream', 'cache-control': forEver }
  return body === undefined ? undefined : { headers, body }
})

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    reader: logReader({ dynamodb, table: env('TABLE_ACCESS_LOG') }),
    sequence: boundSequence(dynamodb, kmsClient()),
  }
}

const deps = bind()
export const handler = byRoute({
  'access-log.checkpoint': route('access-log.checkpoint', getCheckpoint, deps),
  'access-log.public-key': route('access-log.public-key', getPublicKey, deps),
  'access-log.proof': route('access-log.proof', getProof, deps),
  'access-log.tile': route('access-log.tile', getTile, deps),
})
