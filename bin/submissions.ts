// Prepares submissions for `hub refer`.
import { base64url, randomToken } from '../client/keys.ts'
import type { JsonRecord } from './json-records.ts'

/** A submission ready to be sent. */
export type Prepared = { record: number; line: number; body: object; idempotencyKey: string }

/**
 * Adds a salt where there is none and names each submission by the SHA-256 of its bytes, so that sending the same bytes again is
 * the same request. The digest tells nothing: the salt is in it.
 */
export async function prepare({ record, line, value }: JsonRecord): Promise<Prepared> {
  const body = 'salt' in value ? value : { ...value, salt: randomToken(16) }
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return { record, line, body, idempotencyKey: base64url(new Uint8Array(digest)) }
}
