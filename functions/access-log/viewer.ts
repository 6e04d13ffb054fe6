// Whose part of the access log an officer reads: under the agreements of its institution, and what was handed over to
// it or by it. Whoever is named by no agreement reads nothing.
import { Refused } from '../../events/refusal.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import type { Viewer } from '../aws/access-log/filter.ts'
import type { Given } from '../aws/bind.ts'
import type { KnownRows } from '../aws/known-rows.ts'

type Deps = Given<['directory:read', 'requests:spend']>

/** @throws Refused `forbidden` for an institution that no agreement names */
export const viewerOf = async (
  {
    caller: { institution },
    known,
  }: { caller: { institution: InstitutionCode }; known: KnownRows },
  deps: Deps,
): Promise<Viewer> => {
  const agreements = await deps.directory.agreementsOf(institution, known)
  if (agreements.length === 0 && !(await isOnwardRecipient(institution, deps)))
    throw new Refused('forbidden')
  return { institution, agreements }
}

/**
 * Whether some agreement names it as an onward recipient (clause 12). Asked of institutions that are party to none, and
 * those seldom ask: four calls, however many there are.
 */
const isOnwardRecipient = async (
  institution: InstitutionCode,
  { directory, readAhead }: Deps,
): Promise<boolean> => {
  const { items } = await directory.institutions(Infinity)
  const codes = items.map(one => one.institution)
  const rows = await readAhead(codes.map(directory.institutionAt))
  const parties = await Promise.all(codes.map(code => directory.agreementsOf(code, rows)))
  const ids = [...new Set(parties.flat())]
  const terms = await readAhead(ids.map(directory.agreementAt))
  const agreements = await Promise.all(ids.map(id => directory.findAgreement(id, terms)))
  return agreements.some(agreement => agreement?.onwardRecipients.includes(institution))
}
