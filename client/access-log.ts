// The client's half about the access log: asking it, one entry with its proof, and what it says in numbers. Asking is
// itself logged.
import type { AccessLogEntry, AccessLogSummary, ProvenEntry } from '../schemas/access-log.ts'
import { type Page, everyOf } from './pages.ts'
import type { Request } from './request.ts'

/**
 * All combinable. Times RFC 3339 in UTC with milliseconds. `keyid`: whole, or its first 8 or more characters where no
 * other key begins so. `category`: releases that opened it.
 */
export type LogFilters = Partial<
  Record<
    | 'from'
    | 'to'
    | 'institution'
    | 'keyid'
    | 'action'
    | 'outcome'
    | 'referralId'
    | 'consentId'
    | 'purpose'
    | 'category',
    string | undefined
  >
> & { limit?: number | undefined }

export function logMethods(request: Request) {
  /** One page of the access log, newest first. */
  const accessLog = (filters: LogFilters = {}, cursor?: string) =>
    request<Page<AccessLogEntry>>('GET', '/v1/access-log', {
      query: { ...filters, cursor },
    })

  return {
    accessLog,

    /** Every entry, page after page. */
    everyEntry: (filters: LogFilters = {}) => everyOf(cursor => accessLog(filters, cursor)),

    /** An entry by its place, its bytes in the tree in base64, and the proof that they are there. */
    logEntry: (index: number) => request<ProvenEntry>('GET', `/v1/access-log/entries/${index}`),

    /**
     * How often what was done on the days of Guatemala from `from` to `to` (`YYYY-MM-DD`, at most 366; left out: the
     * last ones), and what was opened.
     */
    logSummary: (days: { from?: string; to?: string } = {}) =>
      request<AccessLogSummary>('GET', '/v1/access-log/summary', { query: days }),

    /** The key that the log is signed with, as a vkey (C2SP signed-note). */
    logKey: () => request<string>('GET', '/v1/access-log/public-key'),

    /** The last signed checkpoint, with its cosignatures (C2SP tlog-checkpoint). */
    logCheckpoint: () => request<string>('GET', '/v1/access-log/checkpoint'),
  }
}
