// POST /v1/access-log/cosignatures: an institution countersigns a checkpoint (C2SP tlog-cosignature), after the hub has
// proven that it continues the one that the institution cosigned before. Each note is kept for good.
import { Refused, accepted } from '../../events/refusal.ts'
import type { CosignAnswer } from '../../schemas/access-log.ts'
import type { RequestId } from '../../schemas/ids.ts'
import { instantAt } from '../../schemas/instants.ts'
import { base64, sameBytes } from '../../log/bytes.ts'
import { cosignerName } from '../../log/cosignature.ts'
import { verifyConsistency } from '../../log/merkle.ts'
import { type Cosigned, type KeptCosigned, cosignedNote } from '../aws/access-log/cosignatures.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { countOne, log } from '../aws/runtime.ts'
import { callersInstitution } from '../http/identify.ts'
import { type Door, route } from '../http/route.ts'
import {
  type SignedCheckpoint,
  judgeCosignature,
  readSignedCheckpoint,
} from './cosignature-rules.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'access-log:prove',
  'access-log:cosign',
  'log:public-key',
] as const

export const cosign: Door<'access-log.cosign', typeof needs> = async (request, deps) => {
  const { id, caller, now, known, commit } = request
  const { institution, keyid } = caller
  const agreements = await deps.directory.agreementsOf(institution, known)
  if (agreements.length === 0) throw new Refused('forbidden')
  const jwk = (await deps.directory.findKey(keyid))?.jwk
  if (jwk?.kty !== 'OKP') throw new Refused('cosigner-key-unsuitable')

  const logKey = await deps.logKey.noteKey()
  const offered = accepted(await readSignedCheckpoint(request.body.checkpoint, logKey))
  const { size, root, origin } = offered.head
  // The log's own signature over a tree that is not its own, larger than any it signed or another: whoever forked or
  // rolled it back.
  const own = await deps.reader.rootAt(size)
  if (!own || !sameBytes(own, root)) throw inconsistent(id, offered)

  const name = cosignerName(origin, institution)
  const cosigner = { name, publicKey: Buffer.from(jwk.x, 'base64url') }
  const { line, time } = accepted(await judgeCosignature(offered, cosigner, now))
  const before = await deps.cosignatures.last(institution)
  const proof = before ? await proven(before, offered, id, deps) : []
  const cosignedAt = instantAt(time * 1000)
  // "The largest tree seen as of that time" must not be said of an older time after a newer one.
  if (before && cosignedAt < before.cosignedAt) throw new Refused('cosignature-time')

  const others = before?.text === offered.text ? before.lines : []
  const cosigned: Cosigned = {
    institution,
    keyid,
    size,
    root: base64(root),
    cosignedAt,
    text: offered.text,
    logLine: offered.logLine.line,
    lines: [...others.filter(one => one.keyid !== keyid), { keyid, line }],
  }
  const body: CosignAnswer = {
    institution,
    keyid,
    origin,
    size,
    cosignedAt,
    proof: proof.map(base64),
    checkpoint: cosignedNote(cosigned, [cosigned]),
  }
  // The very same cosignature again, in another request: it is kept already.
  const kept = others.some(one => one.line === line)
  const writes = kept ? [] : deps.cosignatures.add(cosigned, before)
  await commit({ occurrences: [occurrence], writes, answer: { body } })
  return { body }
}

const occurrence = { action: 'access-log.cosign', outcome: 'allowed' } as const

/**
 * The proof that what the institution cosigned before is a beginning of this, verified as the institution will verify
 * it.
 */
const proven = async (
  before: KeptCosigned,
  offered: SignedCheckpoint,
  id: RequestId,
  { reader }: Given<typeof needs>,
): Promise<Uint8Array[]> => {
  const { size, root } = offered.head
  if (size < before.size) throw new Refused('checkpoint-older')
  const proof = await reader.consistency(before.size, size)
  const old = Buffer.from(before.root, 'base64')
  if (!verifyConsistency(before.size, size, proof, old, root)) throw inconsistent(id, offered)
  return proof
}

/**
 * Two trees under one key: written where operators look, with the signature that proves it. A checkpoint says nothing
 * of anybody.
 */
const inconsistent = (requestId: RequestId, { head, logLine }: SignedCheckpoint): Refused => {
  log('error', 'checkpoint-inconsistent', {
    requestId,
    size: head.size,
    root: base64(head.root),
    signature: logLine.line.trimEnd(),
  })
  countOne('CheckpointForks', 'checkpoint-inconsistent', { requestId })
  return new Refused('checkpoint-inconsistent')
}

export const handler = route('access-log.cosign', cosign, {
  deps: bind(needs),
  ahead: callersInstitution,
})
