// Checks a signature on the threads of Node's own pool, beside whatever this one does: its Web Crypto checks an Ed25519
// signature on the thread that asks. The same algorithms, parameters and answers as signatures/algorithms.ts.
import { constants, KeyObject, verify } from 'node:crypto'
import type { WebKey } from '../signatures/algorithms.ts'
import type { Algorithm } from '../schemas/agreement.ts'

/** RFC 9421 §3.3.6, §3.3.4 (r ‖ s) and §3.3.1 (salt of 64 octets). */
const parameters = {
  ed25519: { hash: null },
  'ecdsa-p256-sha256': { hash: 'sha256', dsaEncoding: 'ieee-p1363' },
  'rsa-pss-sha512': {
    hash: 'sha512',
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 64,
  },
} as const satisfies Record<Algorithm, object>

/** Whether a key made a signature; whatever bytes come as one, the answer is yes or no. */
export const checkedBy = (alg: Algorithm, webKey: WebKey) => {
  const { hash, ...how } = parameters[alg]
  const own = KeyObject.from(webKey)
  // The bare key where nothing is to be said with it: a key within an object is read anew at each call.
  const key = alg === 'ed25519' ? own : { key: own, ...how }
  return (data: Uint8Array, signature: Uint8Array): Promise<boolean> =>
    new Promise(resolve => {
      verify(hash, data, key, signature, (error, holds) => resolve(!error && holds))
    })
}
