// Keys as the rules of events/institution.ts are given them in tests: proposed, active, and who proposes and confirms.
import { proposeKey } from '../../events/institution.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import { Keyid } from '../../schemas/ids.ts'
import { KeyProposal } from '../../schemas/institution.ts'
import { after, igm, now } from './given.ts'

const keyidOf = (letter: string) => Keyid.parse(letter.repeat(43))
export const [key, first, second, system] = [keyidOf('k'), keyidOf('a'), keyidOf('b'), keyidOf('s')]
export const hour = 3_600_000
export const inAYear = after(now, 365 * 24 * hour)

export const proposal = (more: object = {}) =>
  KeyProposal.parse({
    jwk: { kty: 'OKP', crv: 'Ed25519', x: 'x' },
    alg: 'ed25519',
    roles: ['referrer', 'recipient'],
    validUntil: inAYear,
    proof: 'a.b.c',
    ...more,
  })
export const propose = (more: object = {}, keys = 3) =>
  proposeKey(proposal(more), { institution: igm, keyid: key, keys }, { by: first, now })
export const proposed = (more: object = {}) => DirectoryKey.parse(propose(more))
export const active = (more: object = {}): DirectoryKey => {
  const { proposedBy: _, history: __, ...rest } = proposed()
  const history = [{ event: 'enrolled', at: now, by: 'deployment' }]
  return DirectoryKey.parse({ ...rest, state: 'active', history, ...more })
}
export const liaison = (more: object = {}) => active({ keyid: first, roles: ['liaison'], ...more })
export const refused = (pointer: string, code: string) => ({
  refused: 'invalid-request',
  errors: [{ pointer, code }],
})
