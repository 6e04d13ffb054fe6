// What hub refer prints: results on stdout, everything about them on stderr, and what was wrong into the file of
// errors. Nothing of what was sent is repeated but, with --json, the sender's own number.
import type { HubError } from '../../client/refusal.ts'
import { fieldErrorLines } from '../field-errors.ts'
import { statusLabels } from '../../texts/labels.ts'
import { momentInWords } from '../../texts/dates.ts'
import type { Terminal } from '../terminal.ts'
import type { Problem } from './check.ts'
import type { ErrorsFile } from './errors-file.ts'
import { meaningOf } from '../../texts/meanings.ts'
import { problemLine, whereOf } from './problem-words.ts'
import type { Entry, Outcome, Tally } from './run.ts'

/** From this many on, progress is told on stderr: every 25, or about forty times in all. */
const many = 25

/** @param errors where what was wrong is written too, for `--errors` */
export const report = (terminal: Terminal, errors?: ErrorsFile) => {
  const { say, language, note } = terminal
  const progress = ({ read, accepted, refused }: Tally) => {
    const [done, step] = [accepted + refused, Math.max(many, Math.ceil(read / 40))]
    if (read >= many && done % step === 0) note(say('refer.progress', { done, total: read }))
  }
  const intoFile = (problem: Problem, meaning = meaningOf(problem.code, language)) => {
    const { name, letter } = whereOf(problem)
    const { line, code, allowed = [] } = problem
    errors?.add([String(line), name, letter, code, meaning, allowed.join(' ')])
  }
  const accepted = (
    { record, line, body }: Entry,
    { header, repeated }: Exclude<Outcome, { refused: HubError }>,
  ) => {
    if (terminal.json)
      return terminal.record({ record, line, ok: true, repeated, ...ownOf(body), referral: header })
    const facts = [
      terminal.bold(header.folio),
      statusLabels[header.status][language],
      header.referralId,
      say('refer.respond-by', { when: momentInWords(header.respondBy, language) }),
      ...(repeated ? [say('refer.there')] : []),
    ]
    terminal.line(facts.join('  '))
  }
  const refused = (
    { record, line, body, placeOf }: Entry,
    { refused: { status, code, title, errors: fields, instance }, why }: Refused,
  ) => {
    const wrong = fields.map(({ pointer, code: one, ...more }): Problem => {
      const place = placeOf?.(pointer)
      return { record, line, pointer, code: one, ...more, ...(place ? { place } : {}) }
    })
    if (wrong.length === 0) intoFile({ record, line, pointer: '', code }, title)
    for (const one of wrong) intoFile(one)
    if (terminal.json) {
      const refusal = { ok: false, exit: 1, code, title, status, errors: fields, instance }
      terminal.record({ record, line, ...refusal, ...(why ? { why } : {}), ...ownOf(body) })
      return
    }
    const place = placeOf ? `${record} (${say('refer.row', { line })})` : record
    note(say('refer.refused', { place, code, title }))
    if (why !== undefined) note(`    ${say(`refer.${why}`)}`)
    if (placeOf) for (const one of wrong) note(`    ${problemLine(one, terminal)}`)
    else for (const one of fieldErrorLines(fields, say)) note(one)
  }

  return {
    waiting: (seconds: number) => note(say('refer.waiting', { seconds })),

    /** What is wrong before anything is sent, all of it. */
    problems: (problems: readonly Problem[]) => {
      for (const problem of problems) {
        intoFile(problem)
        const { record, line, pointer, code, allowed } = problem
        const { name: column, letter } = whereOf(problem)
        const title = meaningOf(code, language)
        if (terminal.json)
          terminal.record({
            record,
            line,
            ok: false,
            exit: 2,
            code,
            title,
            errors: [{ pointer, code, allowed, column, letter: letter || undefined }],
          })
        else note(problemLine(problem, terminal))
      }
    },

    /** The end of a dry run. */
    checked: (read: number, problems: readonly Problem[]) => {
      const wrong = new Set(problems.map(({ record }) => record)).size
      const good = read - wrong
      if (terminal.json) terminal.record({ summary: { read, good, wrong, unsent: read } })
      note(say('refer.checked', { read, good, wrong }))
      note(say('refer.unchecked'))
    },

    /** One record's outcome, by its place in the file. */
    outcome: (entry: Entry, outcome: Outcome, tally: Tally) => {
      if ('refused' in outcome) refused(entry, outcome)
      else accepted(entry, outcome)
      progress(tally)
    },

    /** Always on stderr too: a reader of stdout may have gone. */
    summary: (tally: Tally) => {
      const { read, accepted: sent, repeated, refused: not } = tally
      const count = { read, accepted: sent, repeated, refused: not, unsent: read - sent - not }
      if (terminal.json) terminal.record({ summary: count })
      note(say('refer.summary', { ...count, new: sent - repeated }))
      if (count.unsent > 0) note(say('refer.again'))
    },
  }
}

type Refused = Extract<Outcome, { refused: HubError }>

/** The sender's own number is the sender's. */
const ownOf = (body: object) => ('externalId' in body ? { externalId: body.externalId } : {})
