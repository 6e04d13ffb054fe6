// What a request will ask for first, told by its looks alone, so that it is read together with its caller's key, in one
// call (functions/aws/known-rows.ts). Each door says it beside its needs. Asked only of requests whose signature holds
// with the key as this function instance last saw it: nobody else makes it read a row
// (test/functions/http/ahead.test.ts).
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { IdempotencyKey, type Keyid } from '../../schemas/ids.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import type { SignedDeps } from '../aws/bind.ts'
import type { RowName } from '../aws/dynamodb.ts'
import { type AnswerStore, answerName } from './idempotency.ts'
import type { RawRequest } from './request.ts'

/** A request that is not parsed yet, of a caller whose role the route asks for. */
type Foreseen<P> = {
  caller: Pick<DirectoryKey, 'institution' | 'keyid' | 'roles'>
  nonce: string
  params: P
  body: Buffer
}

/** The rows that a door reads first. What it does not foresee, or foresees wrongly, costs the door a call. */
export type Ahead<P, D> = (request: Foreseen<P>, deps: D) => readonly RowName[]

/** A member of a JSON text that is a string, by a look at its first mention. Not parsed: judged when the body is. */
export const memberIn = (body: Buffer, name: string): string | undefined => {
  const at = body.indexOf(`"${name}"`)
  if (at === -1) return undefined
  const [, value] = /^"\w+"\s*:\s*"([^"\\]*)"/.exec(body.toString('latin1', at, at + 200)) ?? []
  return value
}

/**
 * The first texts of a JSON text, at most `most` and each of 2,000 letters, of those without a backslash. Not parsed.
 */
export const textsIn = (body: Buffer, most: number): string[] =>
  [...body.toString('latin1', 0, (most + 1) * 2000).matchAll(/"([^"\\]{1,2000})"/g)]
    .slice(0, most)
    .map(([, text = '']) => text)

type Looks = { raw: RawRequest; params: unknown; key: DirectoryKey; nonce: string }

/**
 * The rows to be read ahead of a request, but for its key's own: those that the stack asks for, and where the caller
 * has a role for the route, those that its door does.
 *
 * @param isRefused whether this instance knows already that it will refuse a request: nothing is read for it
 */
export const foresee = <P, D extends SignedDeps & { requests: Partial<AnswerStore> }>(
  spec: RouteSpec,
  { ahead, deps }: { ahead: Ahead<P, D>; deps: D },
  isRefused: (request: { keyid: Keyid; nonce: string }) => boolean,
) => {
  const answerRow = (key: DirectoryKey, { headers }: RawRequest): readonly RowName[] => {
    const { answerAt } = deps.requests
    const given = IdempotencyKey.safeParse(headers['idempotency-key'])
    if (spec.idempotencyKey !== 'required' || !answerAt || !given.success) return []
    return [answerAt(answerName(key.keyid, given.data))]
  }

  const doorRows = ({ raw, params: sent, key, nonce }: Looks): readonly RowName[] => {
    const params = spec.params?.safeParse(sent ?? {})
    if (params?.success === false || !spec.roles.some(role => key.roles.includes(role))) return []
    const request = { caller: key, nonce, params: params?.data as P, body: raw.body }
    return [...answerRow(key, raw), ...ahead(request, deps)]
  }

  return (request: Looks): readonly RowName[] => {
    const head = deps.accessLog.sizeAt()
    if (isRefused({ keyid: request.key.keyid, nonce: request.nonce })) return head
    return [...head, ...deps.rate.bucketAt(request.key.keyid), ...doorRows(request)]
  }
}
