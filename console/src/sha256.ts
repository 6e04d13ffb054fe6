// SHA-256 as the contract writes it: lower-case hex.
import { hex } from '../../log/bytes.ts'

export const sha256Of = async (bytes: BufferSource): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
