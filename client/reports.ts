// The client's half about reports: numbers about an agreement, for its parties.
import type { ProgressReport } from '../schemas/report.ts'
import type { HubAnswer } from './send.ts'

/** What these need of a client: its `request`. */
type Request = <Body>(
  method: 'GET',
  path: string,
  options: { query: { agreementId: string } },
) => Promise<HubAnswer<Body>>

export const reportMethods = (request: Request) => ({
  /** How far the persons of an agreement have come. Numbers under five are `<5`. */
  progress: (agreementId: string) =>
    request<ProgressReport>('GET', '/v1/reports/progress', { query: { agreementId } }),
})
