// A retry of a write gets the answer of the first try. Answers are kept sealed with a key made from the request itself:
// who cannot send the request again cannot read its answer, not even the hub.
import { createHash, hkdfSync } from 'node:crypto'
import type { Occurrence } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { IdempotencyKey, type Keyid } from '../../schemas/ids.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import type { Write } from '../aws/dynamodb.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import { openCompact, sealCompact } from '../crypto/compact-jwe.ts'
import { shortTexts } from '../crypto/short-text.ts'
import type { AnswerName, Requests, StoredAbout, StoredAnswer } from '../aws/requests.ts'
import type { RawRequest } from './request.ts'
import { type Answer, type Identified, type Result, render } from './respond.ts'

/**
 * The Idempotency-Key of a request, if it carries one. One that is not 16–64 of `[A-Za-z0-9_-]` is refused, not taken
 * for none.
 */
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

/**
 * Two requests are the same if method, path, query, If-Match and body are, byte for byte: JSON written again is another
 * request.
 */
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

/** Answers are shortened before they are sealed; before 0.2 they were not. */
const shortened = { content: 'short' }
const { shorten, textOf } = shortTexts(
  String.raw`{"statusCode":200,"headers":{"content-type":"application/json"},"body":"{\"referralId\":\"\",\"agreementId` +
    String.raw`\":\"\",\"recipient\":\"ALA\",\"services\":[\"\",\"consentId\":\"01\",\"deliveryState\":\"acknowledged`,
)

export const sealAnswer = (
  answer: Result,
  key: IdempotencyKey,
  request: RawRequest,
  about: StoredAbout,
): StoredAnswer => ({
  about,
  fingerprint: fingerprint(request),
  sealed: sealCompact(shorten(JSON.stringify(answer)), sealingKey(key, request), shortened),
})

/** The stored answer for a retry, marked as such. Another request under the same key is refused. */
export const openAnswer = (
  stored: StoredAnswer,
  key: IdempotencyKey,
  request: RawRequest,
): Result => {
  if (stored.fingerprint !== fingerprint(request)) throw new Refused('idempotency-key-reused')
  const { plaintext, header } = openCompact(stored.sealed, sealingKey(key, request))
  const text = header['content'] === shortened.content ? textOf(plaintext) : plaintext.toString()
  const answer = JSON.parse(text) as Result
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } }
}

/** Where answers are kept for retries; doors whose routes ask for no Idempotency-Key have none of it. */
export type AnswerStore = Pick<Requests, 'answerAt' | 'findAnswer' | 'storeAnswer'>

/** What a write was about, out of its own first entry. */
const subjectOf = (first: Occurrence | undefined): StoredAbout => ({
  agreementId: first?.agreementId,
  referralId: first?.referralId,
  consentId: first?.consentId,
  subjectKeyid: first?.subjectKeyid,
})

type Keyed = Pick<Identified, 'id' | 'raw' | 'caller'> & {
  idempotencyKey: IdempotencyKey | undefined
}

/** The kept answer of a request: how it is found, and the write that keeps it. Undefined on routes that keep none. */
export const keptAnswers = (
  spec: RouteSpec,
  store: Pick<Requests, 'spendNonce'> & Partial<AnswerStore>,
) => {
  const { findAnswer, storeAnswer } = store
  if (spec.idempotencyKey !== 'required') return () => undefined
  if (!findAnswer || !storeAnswer) throw new Error(`${spec.path} keeps answers, and has no store`)
  return ({ id, raw, caller, idempotencyKey: key }: Keyed) => {
    if (!key) return undefined
    const name = answerName(caller.keyid, key)
    return {
      find: async (
        known: KnownRows,
      ): Promise<{ answer: Result; about: StoredAbout } | undefined> => {
        const stored = await findAnswer(name, known)
        return stored && { answer: openAnswer(stored, key, raw), about: stored.about }
      },
      keep: (answer: Answer, first: Occurrence | undefined): Write => {
        const sealed = sealAnswer(render(spec, answer), key, raw, subjectOf(first))
        return storeAnswer(name, sealed, id)
      },
    }
  }
}
