// A retry of a write gets the answer of the first try. Answers are kept sealed with a key made from the request itself: who cannot
// send the request again cannot read its answer, not even the hub.
import { createHash, hkdfSync } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { Refused } from '../../events/refusal.ts'
import { IdempotencyKey } from '../../schemas/ids.ts'
import type { AnswerName, StoredAbout, StoredAnswer } from '../aws/requests.ts'
import type { Keyid } from '../../schemas/ids.ts'
import type { RawRequest } from './request.ts'

/** The Idempotency-Key of a request, if it carries one. One that is not 16–64 of `[A-Za-z0-9_-]` is refused, not taken for none. */
export const idempotencyKeyOf = ({ headers }: RawRequest): IdempotencyKey | undefined => {
  const field = headers['idempotency-key']
  if (field === undefined) return undefined
  const parsed = IdempotencyKey.safeParse(field)
  if (!parsed.success)
    throw new Refused('idempotency-key-malformed', [{ pointer: '', code: 'wrong-format' }])
  return parsed.data
}

export const answerName = (keyid: Keyid, key: IdempotencyKey): AnswerName => ({
  keyid,
  keyHash: createHash('sha256').update(key).digest('base64url'),
})

/** Two requests are the same if method, path, query, If-Match and body are, byte for byte: JSON written anew is another request. */
export const fingerprint = ({ method, path, query, headers, body }: RawRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, query, headers['if-match'] ?? null]))
    .update(body)
    .digest('base64url')

const sealingKey = (key: IdempotencyKey, request: RawRequest): Uint8Array =>
  new Uint8Array(
    hkdfSync(
      'sha256',
      Buffer.concat([Buffer.from(`${key}\n`), request.body]),
      '',
      'referral-hub/answer/v1',
      32,
    ),
  )

export const sealAnswer = async (
  answer: APIGatewayProxyStructuredResultV2,
  key: IdempotencyKey,
  request: RawRequest,
  about: StoredAbout,
): Promise<StoredAnswer> => ({
  about,
  fingerprint: fingerprint(request),
  sealed: await new CompactEncrypt(Buffer.from(JSON.stringify(answer)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(sealingKey(key, request)),
})

/** The stored answer for a retry, marked as such. Another request under the same key is refused. */
export const openAnswer = async (
  stored: StoredAnswer,
  key: IdempotencyKey,
  request: RawRequest,
): Promise<APIGatewayProxyStructuredResultV2> => {
  if (stored.fingerprint !== fingerprint(request)) throw new Refused('idempotency-key-reused')
  const { plaintext } = await compactDecrypt(stored.sealed, sealingKey(key, request))
  const answer = JSON.parse(
    new TextDecoder().decode(plaintext),
  ) as APIGatewayProxyStructuredResultV2
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } }
}
