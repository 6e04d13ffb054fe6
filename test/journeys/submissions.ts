// Referrals to submit: the synthetic people of test/data, each as somebody new.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const people = readFileSync(new URL('../data/referrals-250.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')

/** RFC 7396 JSON Merge Patch. */
const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {}
  const merged: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(patch))
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  return merged
}

export type Submission = Record<string, unknown> & {
  externalId: string
  payload: { identity: { documents: { type: string; number?: string }[] } }
}

/**
 * Referral `n` (from 1) of the synthetic people, as somebody new: own externalId, salt and document number, so that
 * journeys that share a hub do not meet the same person.
 */
export const submissionOf = (n: number, patch: object = {}): Submission => {
  const unique = randomBytes(6).toString('hex').toUpperCase()
  const person = JSON.parse(people[n - 1] as string) as Submission
  for (const document of person.payload.identity.documents)
    if (document.number !== undefined) document.number = `PRUEBA-1${unique}`
  return mergePatch(
    {
      ...person,
      externalId: `IGM-PRUEBA-${unique}`,
      salt: randomBytes(16).toString('base64url'),
    },
    patch,
  ) as Submission
}
