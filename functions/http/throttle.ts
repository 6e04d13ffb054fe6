// A request against its key's rate, and against what this function instance lately served: a replay of that costs
// nothing, no call and no token of the key that signed it. The transaction decides (functions/aws/requests.ts); what is
// forgotten here, or was served elsewhere, is refused there.
import { Refused } from '../../events/refusal.ts'
import type { Keyid } from '../../schemas/ids.ts'
import { problems } from '../../schemas/problem.ts'
import type { SignedDeps } from '../aws/bind.ts'
import type { Identified, Result } from './respond.ts'

/** Two of these, of some 200 bytes a name: under 3 MB. */
const generation = 5000

/** Names that were added, at least the last 5,000 of them. */
export const recent = (size = generation) => {
  let [now, before] = [new Set<string>(), new Set<string>()]
  return {
    has: (name: string): boolean => now.has(name) || before.has(name),
    add: (name: string): void => {
      if (now.size >= size) [now, before] = [new Set(), now]
      now.add(name)
    },
  }
}

/** A request by what may be used once. */
const nameOf = (keyid: Keyid, nonce: string) => `${keyid} ${nonce}`

/** Settles when the key's rate lets a request through. Before that it may read, and have no effect of any kind. */
export type Admission = Promise<void>

/**
 * Counts requests against their keys' rates. After the signature, so that nobody uses up a partner's rate by naming its
 * key, nor by sending again and again what the partner once signed; before any effect, so that a refused request has
 * changed nothing: its nonce is unspent, it may be sent again as it is.
 */
export const throttle = ({ rate }: Pick<SignedDeps, 'rate'>) => {
  const served = recent()
  const admit = async (keyid: Keyid): Admission => {
    if (!(await rate.spend(keyid))) throw new Refused('rate-limited')
  }
  return {
    /** Whether it is known already that a request will be refused here. */
    isRefused: ({ keyid, nonce }: { keyid: Keyid; nonce: string }): boolean =>
      served.has(nameOf(keyid, nonce)) || rate.isSpent(keyid),

    /**
     * What is known from memory, or from the bucket as it was read with the key, is said at once. Where the bucket has
     * to be asked, the request begins to be served meanwhile; over its rate, it is refused as that and as nothing else.
     */
    throttled: async (
      { caller: { keyid }, nonce }: Identified,
      serve: (admission: Admission) => Promise<Result>,
    ): Promise<Result> => {
      const name = nameOf(keyid, nonce)
      if (served.has(name)) throw new Refused('nonce-reused')
      if (rate.isSpent(keyid)) throw new Refused('rate-limited')
      const admission = admit(keyid)
      // Whoever waits for it is told; nobody has to.
      admission.catch(() => {})
      try {
        const answer = await serve(admission)
        await admission
        served.add(name)
        return answer
      } catch (error) {
        await admission
        // Its refusal is an entry, so its nonce is spent. Failed: it may not be.
        if (error instanceof Refused && problems[error.code].status < 500) served.add(name)
        throw error
      }
    },
  }
}
