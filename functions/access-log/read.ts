// GET /v1/access-log/checkpoint, /cosignatures, /tile/…, /entries/{index}[/proof], /public-key: the log in the layout
// that tools for transparency logs read (C2SP tlog-tiles), so that an officer can verify it with programs that are not
// ours. Each request is an entry itself. Liaisons, who countersign, get all that shows no entry.
import { Refused } from '../../events/refusal.ts'
import { byRoute } from '../http/by-route.ts'
import { mayView } from '../aws/access-log/filter.ts'
import { entryOf } from '../aws/access-log/pages.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { callersInstitution as ahead } from '../http/identify.ts'
import { type Answer, type Door, type RequestOf, route } from '../http/route.ts'
import { viewerOf } from './viewer.ts'

export const needs = [...everySignedDoor, 'access-log:read', 'log:public-key'] as const
type Deps = Given<typeof needs>
type Name =
  | 'access-log.checkpoint'
  | 'access-log.public-key'
  | 'access-log.entry'
  | 'access-log.proof'
  | 'access-log.tile'
  | 'access-log.bundle'
  | 'access-log.cosignatures'

const text = 'text/plain; charset=utf-8'
/** What is signed never changes, and is for nobody's shared cache. */
const forEver = 'private, max-age=31536000, immutable'

/** None of these routes keeps an answer. */
type Reading<N extends Name> = Omit<RequestOf<N>, 'commit'> &
  Pick<RequestOf<'access-log.checkpoint'>, 'commit'>

/**
 * Reads for a party. What was found leaves once the reading is written down; where there is nothing yet, only the
 * refusal is.
 */
const reading =
  <N extends Name>(read: (request: Reading<N>, deps: Deps) => Promise<Answer | undefined>) =>
  async (request: Reading<N>, deps: Deps): Promise<Answer> => {
    const agreements = await deps.directory.agreementsOf(request.caller.institution, request.known)
    if (agreements.length === 0) throw new Refused('forbidden')
    const answer = await read(request, deps)
    if (!answer) throw new Refused('not-yet-sequenced')
    await request.commit({ occurrences: [{ action: 'access-log.read', outcome: 'allowed' }] })
    return answer
  }

export const getCheckpoint = reading<'access-log.checkpoint'>(async (_, deps) => {
  const signed = await deps.reader.checkpoint()
  if (signed === undefined) return undefined
  return { headers: { 'content-type': text }, body: await deps.cosignatures.with(signed) }
})

export const getCosignatures = reading<'access-log.cosignatures'>(async (_, deps) => ({
  body: { items: await deps.cosignatures.list() },
}))

export const getPublicKey = reading<'access-log.public-key'>(async (_, { logKey }) => ({
  headers: { 'content-type': text },
  body: await logKey.verifierKey(),
}))

export const getProof = reading<'access-log.proof'>(async ({ params }, { reader }) => {
  const body = await reader.proof(Number(params.index))
  return body === undefined ? undefined : { headers: { 'content-type': text }, body }
})

/**
 * An entry that the caller's query would show, with its proof. An entry of others is forbidden; one that is not signed
 * yet, or not there, is not yet sequenced.
 */
export const getEntry: Door<'access-log.entry', typeof needs> = async (
  { params, caller, known, commit },
  deps,
) => {
  const viewer = await viewerOf({ caller, known }, deps)
  const row = await deps.reader.row(Number(params.index))
  if (row && !mayView(viewer, row)) throw new Refused('forbidden')
  const proof = row && (await deps.reader.proof(row.index))
  if (!row || proof === undefined) throw new Refused('not-yet-sequenced')
  await commit({ occurrences: [{ action: 'access-log.read', outcome: 'allowed' }] })
  const leaf = Buffer.from(row.leaf).toString('base64')
  return { body: { entry: entryOf(row), leaf, proof } }
}

/** `x001/x234/067.p/8` → 1234067, 8 */
const placeIn = (path: string): { n: number; width: number } => {
  const [number = '', width] = path.split('.p/')
  return { n: Number(number.replaceAll(/[x/]/g, '')), width: width ? Number(width) : 256 }
}

const octets = (body: Uint8Array | undefined): Answer | undefined =>
  body && {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': forEver },
    body,
  }

export const getTile = reading<'access-log.tile'>(async ({ params }, { reader }) => {
  const [level = ''] = params.tile.split('/', 1)
  const { n, width } = placeIn(params.tile.slice(level.length + 1))
  return octets(await reader.tile(Number(level), n, width))
})

export const getBundle = reading<'access-log.bundle'>(async ({ params }, { reader }) => {
  const { n, width } = placeIn(params.bundle)
  return octets(await reader.bundle(n, width))
})

const deps = bind(needs)
export const handler = byRoute({
  'access-log.checkpoint': route('access-log.checkpoint', getCheckpoint, { deps, ahead }),
  'access-log.public-key': route('access-log.public-key', getPublicKey, { deps, ahead }),
  'access-log.entry': route('access-log.entry', getEntry, { deps, ahead }),
  'access-log.proof': route('access-log.proof', getProof, { deps, ahead }),
  'access-log.tile': route('access-log.tile', getTile, { deps, ahead }),
  'access-log.bundle': route('access-log.bundle', getBundle, { deps, ahead }),
  'access-log.cosignatures': route('access-log.cosignatures', getCosignatures, { deps, ahead }),
})
