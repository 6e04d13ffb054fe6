// Every table of words in this folder, by what it is about: one place to see, and to try, that each word exists in both
// languages (test/texts/catalogue.test.ts). Whoever shows something imports the table that it needs.
import { problems } from '../schemas/problem.ts'
import { fieldCodes } from '../schemas/field-codes.ts'
import { actorTexts } from './actors.ts'
import { certificateActions, certificateSentences } from './certificate.ts'
import { entryCodeLabels } from './codes.ts'
import { conformanceCases, conformanceGroups, conformanceTexts } from './conformance.ts'
import { consoleAgreementTexts } from './console-agreement.ts'
import { consoleCaseTexts, contentWords } from './console-case.ts'
import { consoleHomeTexts } from './console-home.ts'
import { consoleKeyTexts } from './console-keys.ts'
import { consoleLiaisonTexts } from './console-liaison.ts'
import { consoleEntryTexts } from './console-entry.ts'
import { consoleExportTexts } from './console-export.ts'
import { consoleHistoryTexts } from './console-history.ts'
import { consoleLogTexts } from './console-log.ts'
import { consoleProgressTexts } from './console-progress.ts'
import { askTexts } from './console-ask.ts'
import { referTexts } from './console-refer.ts'
import { sentTexts } from './console-sent.ts'
import { noticeTexts } from './consent-notice.ts'
import { consoleTexts } from './console.ts'
import { cellTexts } from './csv.ts'
import { demoTexts } from './demo.ts'
import { sheetWhys } from './entry.ts'
import { failureWhys } from './failures.ts'
import { texts } from './hub.ts'
import * as labels from './labels.ts'
import type { Language } from './language.ts'
import { sheetTexts } from './log-sheet.ts'
import { logTexts } from './log.ts'
import { nextSteps } from './next-steps.ts'
import * as personCodes from './person-codes.ts'
import * as referral from './referral.ts'
import * as terms from './terms.ts'
import { plainFaults, plainProblems } from './plain-faults.ts'
import { findingTexts } from './sign-check-findings.ts'
import { verdictTexts } from './verdict.ts'

/** A word or sentence in each language; `{name}` stands for a value. */
type Text = Readonly<Record<Language, string>>
export type Table = Readonly<Record<string, Text>>

/** The words of closed lists of the contract: each code has one. */
export const labelTables = {
  ...labels,
  ...referral,
  ...terms,
  ...personCodes,
  entryCodeLabels,
} as const satisfies Record<string, Table>

/** Sentences by what they are about. Placeholders are the same in both languages. */
export const sentenceTables = {
  commandLine: texts,
  log: logTexts,
  logSheet: sheetTexts,
  logSheetWhys: sheetWhys,
  signCheck: findingTexts,
  refusals: problems,
  fields: fieldCodes,
  cells: cellTexts,
  logFailures: failureWhys,
  verdict: verdictTexts,
  certificate: certificateSentences,
  certificateActions,
  conformance: conformanceTexts,
  conformanceGroups,
  conformanceCases,
  console: consoleTexts,
  consoleCase: consoleCaseTexts,
  contentWords,
  consoleHome: consoleHomeTexts,
  consoleKeys: consoleKeyTexts,
  consoleLiaison: consoleLiaisonTexts,
  consoleLog: consoleLogTexts,
  consoleEntry: consoleEntryTexts,
  consoleHistory: consoleHistoryTexts,
  consoleExport: consoleExportTexts,
  consoleAgreement: consoleAgreementTexts,
  consoleProgress: consoleProgressTexts,
  ask: askTexts,
  refer: referTexts,
  plainFaults,
  plainProblems,
  sent: sentTexts,
  notice: noticeTexts,
  demo: demoTexts,
  actors: actorTexts,
  nextSteps,
} as const satisfies Record<string, Table>
