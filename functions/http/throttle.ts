// A request against its key's rate, and against what this instance lately served.
import { Refused } from '../../events/refusal.ts'
import { problems } from '../../schemas/problem.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { recent } from './replays.ts'
import type { Identified, Result } from './respond.ts'

/** A request by what may be used once. */
const nameOf = ({ caller, nonce }: Identified) => `${caller.keyid} ${nonce}`

/**
 * Counts the request against its key's rate. After the signature, so that nobody uses up a partner's rate by naming its
 * key, nor by sending again and again what the partner once signed; before anything else, so that a refused request has
 * changed nothing: its nonce is unspent, it may be sent again as it is.
 */
export const throttle = ({ rate }: Pick<SignedDeps, 'rate'>) => {
  const served = recent()
  return async (request: Identified, serve: () => Promise<Result>): Promise<Result> => {
    const name = nameOf(request)
    if (served.has(name)) throw new Refused('nonce-reused')
    if (!(await rate.spend(request.caller.keyid))) throw new Refused('rate-limited')
    try {
      const answer = await serve()
      served.add(name)
      return answer
    } catch (error) {
      // Its refusal is an entry, so its nonce is spent. Failed: it may not be.
      if (error instanceof Refused && problems[error.code].status < 500) served.add(name)
      throw error
    }
  }
}
