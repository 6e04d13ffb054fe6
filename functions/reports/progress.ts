// GET /v1/reports/progress: how far the persons of an agreement have come, in numbers alone. What was shown last is
// kept for what is shown next: no report tells what one to four persons have changed.
import { progressReport, quartersBetween } from '../../events/report.ts'
import { Refused } from '../../events/refusal.ts'
import { underAgreement } from '../../events/seen-under.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [...everySignedDoor, 'progress:report'] as const

export const getProgress: Door<'report.progress', typeof needs> = async (
  { query, caller, about, now, known, commit },
  { directory, progress },
) => {
  const agreement = await directory.findAgreement(query.agreementId, known)
  about.agreementId = agreement && underAgreement(agreement.agreementId)
  if (!agreement?.parties.includes(caller.institution)) throw new Refused('forbidden')
  const { agreementId, targetPersons: target, inForceFrom } = agreement
  const { last, counters } = await progress.read(agreementId, quartersBetween(inForceFrom, now))
  const { report, published } = progressReport(counters, last.cells, { agreementId, target, now })
  await commit({
    occurrences: [{ action: 'report.progress', outcome: 'allowed', ...about }],
    writes: progress.publish(agreementId, last, published),
  })
  return { body: report }
}

export const handler = route('report.progress', getProgress, { deps: bind(needs) })
