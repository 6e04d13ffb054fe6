// What makes the same row the same request, whenever and however often it is sent: its salt and its Idempotency-Key are
// derived from its content and from a secret that lies beside the key. Without the secret they would be guesses about a
// person, open to anybody.
import { createHmac, randomBytes } from 'node:crypto'
import { link, open, readFile, unlink } from 'node:fs/promises'
import { UsageError } from '../usage.ts'

/** The secret: 32 random bytes. */
export type Secret = Uint8Array

/** A submission ready to be sent, and the names by which it is known again. None of them tells what is in it. */
export type Prepared = {
  body: object
  idempotencyKey: string
  /** HMAC of the content without its salt: equal for equal content, in whatever order its members are written. */
  content: string
  /** HMAC of the sender's own number. */
  own: string
}

/** Names what a secret is used for, so that no name of one use is one of another. */
type Use = 'salt' | 'idempotency-key' | 'content' | 'own-number'

/**
 * The secret in a file, made at first use: readable by its owner alone, and whole or not at all, also where two runs
 * make it at once.
 * @throws UsageError when it can be neither read nor made, or is none
 */
export async function secretIn(file: string): Promise<Secret> {
  return (await readSecret(file)) ?? (await makeSecret(file))
}

async function readSecret(file: string): Promise<Secret | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new UsageError('usage.refer-secret')
  }
  const secret = Buffer.from(text.trim(), 'base64url')
  // Another one in its place would make every row a new one.
  if (secret.length !== 32) throw new UsageError('usage.refer-secret')
  return secret
}

async function makeSecret(file: string): Promise<Secret> {
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // Unlike a rename, a link never takes the place of what another run has made meanwhile.
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  } catch {
    throw new UsageError('usage.refer-secret')
  } finally {
    await unlink(draft).catch(() => {})
  }
  const secret = await readSecret(file)
  if (!secret) throw new UsageError('usage.refer-secret')
  return secret
}

/** A salt that the record has stays; what it is called by does not depend on it. */
export function prepare(value: object, secret: Secret): Prepared {
  const { salt, ...content } = canonical(value) as { salt?: unknown }
  const named = (use: Use, text: string) =>
    createHmac('sha256', secret).update(`referral-hub/refer/v1/${use}\n${text}`).digest()
  const text = JSON.stringify(content)
  const derived = named('salt', text).subarray(0, 16).toString('base64url')
  const body = { ...content, salt: salt ?? derived }
  const own = 'externalId' in content ? String(content.externalId) : ''
  return {
    body,
    idempotencyKey: named('idempotency-key', JSON.stringify(body)).toString('base64url'),
    content: named('content', text).toString('base64url'),
    own: named('own-number', own).toString('base64url'),
  }
}

/** Members in one order (as RFC 8785 §3.2.3 sorts them), so that equal content has equal bytes. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, member]) => [name, canonical(member)]))
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined
