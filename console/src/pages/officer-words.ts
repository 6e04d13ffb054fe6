// The words of a compliance officer's pages, loaded with them: the command line's, where it has them.
import { consoleEntryTexts } from '../../../texts/console-entry.ts'
import { consoleExportTexts } from '../../../texts/console-export.ts'
import { consoleHistoryTexts } from '../../../texts/console-history.ts'
import { consoleLogTexts } from '../../../texts/console-log.ts'
import { entrySentences } from '../../../texts/entry.ts'
import { factTexts } from '../../../texts/facts.ts'
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import { firstTexts, language, moment, saying } from '../say.ts'

const texts = {
  ...firstTexts,
  ...factTexts,
  ...consoleLogTexts,
  ...consoleEntryTexts,
  ...consoleHistoryTexts,
  ...consoleExportTexts,
}
export const say = saying(texts)

/** An entry in one or two sentences, as every program of this hub says it. */
export const sentencesOf = (entry: AccessLogEntry): string =>
  entrySentences(entry, language.get(), moment(entry.time)).join(' ')
