// What became of the question: how many referrals were answered, how, and how soon.
import type { Cell, ProgressReport } from '../../../schemas/report.ts'
import { answerFigures } from '../../../texts/answer-figures.ts'
import { hoursInWords } from '../../../texts/durations.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { Facts } from '../parts.tsx'
import { label, language } from '../say.ts'
import { Table, headings } from '../table.tsx'
import { say } from './liaison-words.ts'

const hoursIn = (hours: number | null): string =>
  hours === null ? say('answers.few') : hoursInWords(hours, language.get())
const told = (cell: Cell | undefined): string =>
  cell === undefined ? say('answers.not-told') : String(cell)

export const Answers = ({ report }: { report: ProgressReport }) => {
  const { answers } = report
  return (
    <>
      <Facts
        rows={[
          [say('answers.median'), hoursIn(answers.hours.median)],
          [say('answers.p90'), hoursIn(answers.hours.p90)],
          ...answerFigures(report).map(
            ([name, figure]) => [say(`answers.${name}`), figure] as const,
          ),
        ]}
      />
      <p class="govuk-body">{say('answers.note')}</p>
      {answers.by.length === 0 ? (
        <p class="govuk-body">{say('answers.by-none')}</p>
      ) : (
        <Table
          caption={say('answers.by')}
          columns={headings(
            say,
            'answers.recipient',
            'answers.priority',
            'answers.answered',
            'answers.silent',
            'answers.overdue',
          )}
          rows={answers.by.map(({ recipient, priority, answered, silent, overdue }) => ({
            key: `${recipient} ${priority}`,
            cells: [
              recipient,
              label(priorityLabels, priority),
              told(answered),
              told(silent),
              told(overdue),
            ],
          }))}
        />
      )}
      {answers.by.some(one => [one.answered, one.silent, one.overdue].includes(undefined)) && (
        <p class="govuk-body">{say('answers.by-note')}</p>
      )}
    </>
  )
}
