// Request bodies: JSON as schemas/strict-json.ts reads it, or a refusal.
import { Refused } from '../../events/refusal.ts'
import { JsonFault, readJson } from '../../schemas/strict-json.ts'

/** The value of a body. Refuses as `malformed-request` whatever is no strict JSON, by its fault's code. */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return readJson(bytes)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    throw new Refused('malformed-request', [{ pointer: '', code: error.code }])
  }
}
