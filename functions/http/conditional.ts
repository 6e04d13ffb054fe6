// What a browser asks of a file beside its name: in which coding, and whether it is another than the one that it has.

const codings = ['br', 'gzip'] as const
export type Coding = (typeof codings)[number] | 'identity'

/** Each coding that an Accept-Encoding names, with its weight (RFC 9110 §12.5.3). */
const weightsIn = (acceptEncoding: string): Map<string, number> =>
  new Map(
    acceptEncoding
      .toLowerCase()
      .split(',')
      .map(range => range.split(';').map(part => part.trim()))
      .map(([name = '', ...parameters]) => {
        const q = parameters.find(parameter => parameter.startsWith('q='))
        const weight = q === undefined ? 1 : Number(q.slice(2))
        return [name, Number.isFinite(weight) ? weight : 0]
      }),
  )

/** The coding to answer in: the smaller of those that weigh most; as it is, where neither is asked for. */
export const chosenCoding = (acceptEncoding: string | undefined): Coding => {
  const weights = weightsIn(acceptEncoding ?? '')
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  const best = codings.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one))
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : 'identity'
}

/** Whether an If-None-Match names a representation: compared weakly (RFC 9110 §13.1.2). */
export const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''))
    .some(tag => tag === '*' || tag === etag)
