// What is told of the answers in a report on progress, in its order, whoever tells it.
import type { ProgressReport } from '../schemas/report.ts'

/** The name of each figure, which each program has its own words for, and the figure. */
export const answerFigures = ({ referrals, answers }: ProgressReport) =>
  (
    [
      ['referrals', referrals.total],
      ['open', referrals.open],
      ['answered', answers.answered],
      ['accepted', answers.accepted],
      ['rejected', answers.rejected],
      ['silent', answers.silent],
      ['overdue', answers.overdue],
    ] as const
  ).map(([name, figure]) => [name, String(figure)] as const)
