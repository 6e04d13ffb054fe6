// Countersigning the log as a liaison who trusts nobody: what the hub says is believed as far as its signature and its
// hashes prove it, measured by what this key has seen before and keeps in a file of its own.
import { createPrivateKey, sign } from 'node:crypto'
import { open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import type { HubClient } from '../client/hub-client.ts'
import { randomToken, type HubKey } from '../signatures/keys.ts'
import { sameBytes } from '../log/bytes.ts'
import { type Note, parseNote } from '../log/checkpoint.ts'
import { cosignatureLine, cosignedMessage, cosignerName } from '../log/cosignature.ts'
import { consistencyProof, rootOfSize, verifyConsistency } from '../log/merkle.ts'
import { nodesFrom, type TileReader, widthOf } from '../log/tiles.ts'
import type { CosignAnswer } from '../schemas/access-log.ts'
import { writeWhole } from './export-log.ts'
import { tilePath } from '../verify/places.ts'
import { keepEvidence } from '../verify/folder.ts'
import { Inconsistent } from '../verify/inconsistent.ts'
import { type Checkpoint, readCheckpoint, readVerifierKey } from '../verify/note.ts'
import { Failed, type FailureCode } from '../verify/verdict.ts'

/** What this key holds the log to: its verifier key, and the largest checkpoint seen. */
const State = z.strictObject({ vkey: z.string(), checkpoint: z.string() })
type State = z.infer<typeof State>

/** Why nothing was even tried; wrong usage, not a finding. */
export class NotCosigned extends Error {
  override readonly name = 'NotCosigned'
  readonly code: 'cosign.key' | 'cosign.state' | 'cosign.locked'

  constructor(code: NotCosigned['code']) {
    super(code)
    this.code = code
  }
}

export type CosignOptions = {
  /** The state file. Nobody else may write it: it is what makes a second history visible. */
  state: string
  institution: string
  key: HubKey
  /** Told the log's verifier key when there is no state yet and it is taken on trust. */
  trusting: (vkey: string) => void
}

/**
 * Cosigns the log's newest checkpoint.
 * @throws Failed when the hub's checkpoint or key does not hold, Inconsistent when it does not continue the last (see
 * `keepFinding`) ·
 *   NotCosigned before anything was asked · HubError, HubUnreachable
 */
export async function cosignLog(
  client: Pick<HubClient, 'request' | 'hubTime'>,
  options: CosignOptions,
): Promise<CosignAnswer> {
  const { jwk } = options.key
  if (jwk.kty !== 'OKP') throw new NotCosigned('cosign.key')
  return locked(`${options.state}.lock`, async () => {
    const note = await seen(client, options)
    const origin = note.text.slice(0, note.text.indexOf('\n'))
    const name = cosignerName(origin, options.institution)
    const time = Math.floor(client.hubTime().getTime() / 1000)
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    const signature = sign(null, cosignedMessage(note.text, time), key)
    const cosigner = { name, publicKey: Buffer.from(jwk.x, 'base64url') }
    const own = cosignatureLine(cosigner, time, signature)
    const logs = note.lines.filter(line => line.name === origin).map(({ line }) => line)
    const { body } = await client.request<CosignAnswer>('POST', '/v1/access-log/cosignatures', {
      body: { checkpoint: `${note.text}\n${logs.join('')}${own}` },
      idempotencyKey: randomToken(16),
    })
    return body
  })
}

/** Writes both notes beside the state file and gives the file's name, where the finding is about two checkpoints. */
export const keepFinding = (error: Failed, state: string): string | undefined =>
  error instanceof Inconsistent ? keepEvidence(dirname(state), error) : undefined

/**
 * The newest checkpoint, verified, and written to the state file. Before it is signed: whoever signs first and dies
 * before writing would next measure the log by the older one, and could be made to sign a second history that branches
 * off between.
 */
async function seen(
  client: Pick<HubClient, 'request'>,
  { state, trusting }: CosignOptions,
): Promise<Note> {
  const known = await readState(state)
  const text = async (path: string) => (await client.request<string>('GET', path)).body
  const vkey = (await text('/v1/access-log/public-key')).trim()
  if (known && known.vkey !== vkey) throw new Failed('policy-key', state)
  const signer = readVerifierKey(vkey, vkey.slice(0, vkey.indexOf('+')))
  const note = await text('/v1/access-log/checkpoint')
  const checkpoint = await readCheckpoint(note, signer, 'checkpoint')
  if (known)
    await refuseOther(await readCheckpoint(known.checkpoint, signer, 'since'), checkpoint, client)
  else trusting(vkey)
  const next: State = { vkey, checkpoint: note }
  await writeWhole(state, `${JSON.stringify(next, null, 2)}\n`)
  return parseNote(note) as Note
}

/** A state that cannot be read is never taken for none: that would be to trust again. */
async function readState(file: string): Promise<State | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new NotCosigned('cosign.state')
  }
  try {
    return State.parse(JSON.parse(text))
  } catch {
    throw new NotCosigned('cosign.state')
  }
}

/**
 * Refuses a checkpoint that does not continue the one seen before: hash tiles give a proof, and the two signed roots
 * judge it. Whatever is found, both notes are signed by the log and are kept.
 */
async function refuseOther(
  old: Checkpoint,
  { size, root, note }: Checkpoint,
  client: Pick<HubClient, 'request'>,
): Promise<void> {
  const found = (code: FailureCode, detail = `${old.size} → ${size}`) =>
    new Inconsistent(code, detail, [old.note, note])
  if (size < old.size) throw found('rollback')
  if (size === old.size) {
    if (!sameBytes(root, old.root)) throw found('fork')
    return
  }
  const tile: TileReader = async (level, n) => {
    const width = widthOf(level, n, size)
    const path = tilePath(level, n, width)
    const { body } = await client.request<Uint8Array>('GET', `/v1/access-log/${path}`)
    if (body.length !== width * 32) throw found('tile-length', path)
    return body
  }
  const node = nodesFrom(tile)
  // Hashes that do not give the signed root prove no fork; nothing is signed upon them either.
  if (!sameBytes(await rootOfSize(size, node), root)) throw found('tile-hash', 'tile')
  const proof = await consistencyProof(old.size, size, node)
  if (!verifyConsistency(old.size, size, proof, old.root, root)) throw found('fork')
}

/** One run at a time: two that measure by the same older checkpoint could sign two histories. */
async function locked<T>(file: string, run: () => Promise<T>): Promise<T> {
  const lock = await open(file, 'wx').catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new NotCosigned(exists ? 'cosign.locked' : 'cosign.state')
  })
  try {
    await lock.close()
    return await run()
  } finally {
    await rm(file, { force: true })
  }
}
