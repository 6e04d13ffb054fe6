// The client's half about reports: numbers about an agreement, for its parties.
import type { ProgressReport } from '../schemas/report.ts'
import type { Request } from './request.ts'

export const reportMethods = (request: Request) => ({
  /** How far the persons of an agreement have come. Numbers under five are `<5`. */
  progress: (agreementId: string) =>
    request<ProgressReport>('GET', '/v1/reports/progress', { query: { agreementId } }),
})
