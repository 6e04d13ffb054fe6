// The signature algorithms of RFC 9421 that the hub takes, for whoever verifies: the doors now, the offline verifier years later.
import { type KeyObject, constants, verify } from 'node:crypto'
import type { Algorithm } from '../../schemas/agreement.ts'

/** RFC 9421 §3.3: the three algorithms, each with the parameters that the RFC fixes. */
export const verifiers: Record<
  Algorithm,
  (data: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean
> = {
  // §3.3.6
  ed25519: (data, key, signature) => verify(null, data, key, signature),
  // §3.3.4: r ‖ s, 64 octets
  'ecdsa-p256-sha256': (data, key, signature) =>
    verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  // §3.3.1: salt of 64 octets
  'rsa-pss-sha512': (data, key, signature) =>
    verify(
      'sha512',
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 },
      signature,
    ),
}
