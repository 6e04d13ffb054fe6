// Sends submissions one after the other. A run that broke off, however, goes on when the same records are sent again:
// what the hub has already is found, and counted as being there.
import type { HubClient } from '../../client/hub-client.ts'
import { HubError, HubUnreachable } from '../../client/refusal.ts'
import { pause } from '../../client/send.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import type { Place } from '../csv/records.ts'
import { type Ending, Stopped } from '../ending.ts'
import type { Prepared } from './repeat.ts'
import type { SentBook } from './sent.ts'

/**
 * A record to be sent. `record` counts them from 1; `line` is where it is in its file: the line of a text, the row of a
 * sheet. `placeOf` finds the column of a sheet that a pointer is about.
 */
export type Entry = Prepared & {
  record: number
  line: number
  placeOf?: (pointer: string) => Place | undefined
}

/** What became of a record. `why` says what is known here about a number that exists already. */
export type Outcome =
  | { header: ReferralHeader; repeated: boolean }
  | { refused: HubError; why?: 'other-content' | 'content-unknown' }

export type Tally = { read: number; accepted: number; repeated: number; refused: number }

/** Seconds for which one record waits, in all, while its key goes too fast. */
const patience = 900

/** Not a word of the hub about this record: it may be sent again later. */
const passing = [429, 502, 503, 504]

/**
 * Sends every record, and goes on after a refused one. Stops between two when a signal asks for it, and when the hub
 * cannot be reached or knows the key no more.
 * @param told hears what became of each record, in order; `waiting` of a key that goes too fast
 * @returns how many of each; the failure that ended the run, if one did
 */
export async function sendAll(
  entries: readonly Entry[],
  deps: {
    client: HubClient
    book: SentBook
    told: (entry: Entry, outcome: Outcome, tally: Tally) => void
    waiting: (seconds: number) => void
    stop: Ending['stop']
  },
): Promise<{ tally: Tally; failure?: unknown }> {
  const tally: Tally = { read: entries.length, accepted: 0, repeated: 0, refused: 0 }
  try {
    const there = await alreadyThere(entries, deps)
    for (const entry of entries) {
      deps.stop.throwIfAborted()
      const header = there.get(entry.content)
      const outcome = header ? { header, repeated: true } : await submit(entry, deps)
      if ('refused' in outcome) tally.refused++
      else {
        tally.accepted++
        if (outcome.repeated) tally.repeated++
      }
      deps.told(entry, outcome, tally)
    }
  } catch (failure) {
    return failure instanceof Stopped ? { tally } : { tally, failure }
  }
  return { tally }
}

type Deps = Parameters<typeof sendAll>[1]

/**
 * By their content, the records that were accepted from here before and that the hub says it has. Asked in pages, so
 * that a file sent again does not fill the access log with a refusal for each row.
 */
async function alreadyThere(entries: readonly Entry[], { client, book }: Deps) {
  const wanted = new Map(
    entries.flatMap(entry => {
      const sent = book.sameContent(entry)
      return sent ? [[sent.referralId, { entry, at: sent.at }] as const] : []
    }),
  )
  const there = new Map<string, ReferralHeader>()
  if (wanted.size === 0) return there
  const first = Math.min(...Array.from(wanted.values(), ({ at }) => Date.parse(at) || 0))
  const filters = {
    direction: 'sent' as const,
    updatedSince: new Date(Math.max(0, first - 1000)).toISOString(),
    limit: 200,
  }
  try {
    for await (const header of client.everyReferral(filters)) {
      const entry = wanted.get(header.referralId)?.entry
      if (entry && isSame(header, entry)) there.set(entry.content, header)
      if (there.size === wanted.size) break
    }
  } catch (error) {
    // A list that is refused only saves less: what it does not name is sent, under the same Idempotency-Key as before.
    if (!(error instanceof HubError)) throw error
  }
  return there
}

/** After a destruction the hub does not know the sender's own number any more; the id is enough. */
const isSame = ({ externalId }: ReferralHeader, { body }: Entry) =>
  externalId === undefined || ('externalId' in body && body.externalId === externalId)

async function submit(entry: Entry, { client, book, waiting, stop }: Deps): Promise<Outcome> {
  for (let waited = 0; ;) {
    try {
      const { body: header, headers } = await client.submitReferral(
        entry.body,
        entry.idempotencyKey,
      )
      await book.add(entry, { referralId: header.referralId, at: header.submittedAt })
      return { header, repeated: headers.get('idempotency-replayed') === 'true' }
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      const seconds = Math.max(1, error.retryAfter ?? 1)
      if (error.status === 429 && waited + seconds <= patience) {
        waited += seconds
        waiting(seconds)
        await pause(seconds * 1000, stop)
      } else if (passing.includes(error.status)) throw new HubUnreachable(error)
      // Every other record would be refused for the same reason.
      else if (error.status === 401) throw error
      else if (error.code === 'external-id-exists')
        return knownNumber(entry, error, { client, book })
      else return { refused: error }
    }
  }
}

/**
 * The number exists. With this very content it is what was sent from here, if the hub has that; anything else is a
 * refusal.
 */
async function knownNumber(
  entry: Entry,
  refused: HubError,
  { client, book }: Pick<Deps, 'client' | 'book'>,
): Promise<Outcome> {
  const sent = book.sameContent(entry)
  if (!sent) return { refused, why: book.hasOwn(entry) ? 'other-content' : 'content-unknown' }
  try {
    const { body: header } = await client.getReferral(sent.referralId)
    if (isSame(header, entry)) return { header, repeated: true }
  } catch (error) {
    if (!(error instanceof HubError)) throw error
  }
  return { refused, why: 'content-unknown' }
}
