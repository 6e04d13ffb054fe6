// An agreement's progress as rows, for a table on a screen or a spreadsheet. What the hub does not tell (`<5`) is
// passed on as it is.
import type { Cell, Persons, ProgressReport, Stage } from '../schemas/report.ts'
import type { Language } from './language.ts'
import { progressTexts } from './progress.ts'
import { stageLabels } from './referral.ts'

export const cellOf = (persons: Persons, stage: Stage): Cell =>
  stage === 'd30' || stage === 'd180' || stage === 'd365' ? persons.inWork[stage] : persons[stage]

/** A heading, and a row for each stage: its name, all persons, and those of each quarter. */
export const progressRows = (
  { persons, quarters }: Pick<ProgressReport, 'persons' | 'quarters'>,
  language: Language,
): (string | number)[][] => [
  [
    progressTexts['progress.stage'][language],
    progressTexts['progress.total'][language],
    ...quarters.map(({ quarter }) => quarter),
  ],
  ...(Object.keys(stageLabels) as Stage[]).map(stage => [
    stageLabels[stage][language],
    cellOf(persons, stage),
    ...quarters.map(each => cellOf(each.persons, stage)),
  ]),
]
