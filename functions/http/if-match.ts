// If-Match (RFC 9110 §13.1.1): `*`, or a list of entity tags in quotes.
import { Refused } from '../../events/refusal.ts'

/** RFC 9110 §8.8.3: `W/` where it is weak, then anything printable but quotes, between quotes. */
const tag = String.raw`(?:W\/)?"[\x21\x23-\x7E\x80-\xFF]*"`
const list = new RegExp(String.raw`^[ \t]*(?:,[ \t]*)*${tag}(?:[ \t]*,[ \t]*(?:${tag})?)*[ \t]*$`)

/**
 * Whether the precondition holds for what `etag` names; a weak tag never matches. What is neither form is refused as
 * `malformed-request` (rule `if-match-form`): a version without its quotes is no version that is out of date.
 */
export const ifMatch = (field: string, etag: string): boolean => {
  if (field.trim() === '*') return true
  if (!list.test(field))
    throw new Refused('malformed-request', [{ pointer: '', code: 'if-match-form' }])
  return [...field.matchAll(new RegExp(tag, 'g'))].some(([each]) => each === etag)
}
