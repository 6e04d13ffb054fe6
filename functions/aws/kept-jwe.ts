// A compact JWE as rows keep it: without base64url, which is a quarter of it. DynamoDB counts a write by the kilobyte.
import * as z from 'zod'
import { compactOf } from '../crypto/compact-jwe.ts'

/** The text of a JWE, of rows that keep its bytes or, before 0.2, as it is. */
export const KeptJwe = z.union([
  z.string(),
  z.instanceof(Uint8Array).transform(packed => compactOf(packed)),
])
