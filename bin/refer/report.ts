// What hub refer prints: results on stdout, everything about them on stderr. Nothing of what was sent is repeated but, with --json, the
// sender's own number.
import { fieldErrorLines } from '../field-errors.ts'
import { statusLabels } from '../labels.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import type { Entry, Outcome, Tally } from './run.ts'

/** From this many on, progress is told on stderr: every 25, or about forty times in all. */
const many = 25

export const report = (terminal: Terminal) => {
  const { say, language, note } = terminal
  const progress = ({ read, accepted, refused }: Tally) => {
    const [done, step] = [accepted + refused, Math.max(many, Math.ceil(read / 40))]
    if (read >= many && done % step === 0) note(say('refer.progress', { done, total: read }))
  }

  return {
    waiting: (seconds: number) => note(say('refer.waiting', { seconds })),

    /** One record's outcome, by its place in the file. */
    outcome: (entry: Entry, outcome: Outcome, tally: Tally) => {
      const { record, line, body } = entry
      const own = 'externalId' in body ? { externalId: body.externalId } : {}
      if (!('refused' in outcome)) {
        const { header, repeated } = outcome
        if (terminal.json)
          terminal.record({ record, line, ok: true, repeated, ...own, referral: header })
        else
          terminal.line(
            [
              terminal.bold(header.folio),
              statusLabels[header.status][language],
              header.referralId,
              say('refer.respond-by', { when: wallClock(header.respondBy) }),
              ...(repeated ? [say('refer.there')] : []),
            ].join('  '),
          )
      } else {
        const { status, code, title, errors, instance } = outcome.refused
        if (terminal.json) {
          const refusal = { ok: false, exit: 1, code, title, status, errors, instance }
          const why = outcome.why === undefined ? {} : { why: outcome.why }
          terminal.record({ record, line, ...refusal, ...why, ...own })
        } else {
          note(say('refer.refused', { place: record, code, title }))
          if (outcome.why !== undefined) note(`    ${say(`refer.${outcome.why}`)}`)
          for (const told of fieldErrorLines(errors, say)) note(told)
        }
      }
      progress(tally)
    },

    /** Always on stderr too: a reader of stdout may have gone. */
    summary: (tally: Tally) => {
      const { read, accepted, repeated, refused } = tally
      const unsent = read - accepted - refused
      if (terminal.json) terminal.record({ summary: { read, accepted, repeated, refused, unsent } })
      note(say('refer.summary', { read, accepted, repeated, refused, unsent }))
      if (unsent > 0) note(say('refer.again'))
    },
  }
}
