// What became of the question: how many referrals were answered, how, and how soon.
import type { Cell, ProgressReport } from '../../../schemas/report.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { Facts } from '../parts.tsx'
import { label } from '../say.ts'
import { Table } from '../table.tsx'
import { say } from './liaison-words.ts'

const hoursIn = (hours: number | null): string =>
  hours === null ? say('answers.few') : say('answers.hours', { hours })
const told = (cell: Cell | undefined): string =>
  cell === undefined ? say('answers.not-told') : String(cell)

export const Answers = ({ report: { referrals, answers } }: { report: ProgressReport }) => (
  <>
    <Facts
      rows={[
        [say('answers.median'), hoursIn(answers.hours.median)],
        [say('answers.p90'), hoursIn(answers.hours.p90)],
        [say('answers.referrals'), String(referrals.total)],
        [say('answers.open'), String(referrals.open)],
        [say('answers.answered'), String(answers.answered)],
        [say('answers.accepted'), String(answers.accepted)],
        [say('answers.rejected'), String(answers.rejected)],
        [say('answers.silent'), String(answers.silent)],
        [say('answers.overdue'), String(answers.overdue)],
      ]}
    />
    {answers.by.length === 0 ? (
      <p class="govuk-body">{say('answers.by-none')}</p>
    ) : (
      <Table
        caption={say('answers.by')}
        columns={[
          say('answers.recipient'),
          say('answers.priority'),
          say('answers.answered'),
          say('answers.silent'),
          say('answers.overdue'),
        ]}
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
  </>
)
