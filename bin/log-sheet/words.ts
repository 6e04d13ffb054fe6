// An entry of the log in plain words, and its sheet as a page.
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { actorInWords } from '../../texts/actors.ts'
import { momentInWords } from '../../texts/dates.ts'
import { checkCommand, entrySentences } from '../../texts/entry.ts'
import type { Language } from '../../texts/labels.ts'
import { exact, escaped, facts, heading, page, paragraph } from './page.ts'
import type { LogSheet } from './sheet.ts'
import { sheetSpeaker } from '../../texts/log-sheet.ts'

/** What hub.json calls a key, where it knows it. */
export type Names = ReadonlyMap<string, string>

/** One or two sentences. */
export const sentences = (entry: AccessLogEntry, language: Language): string[] =>
  entrySentences(entry, language, momentInWords(entry.time, language))

/** Names and values of an entry, those that it has. */
export const entryFacts = (
  entry: AccessLogEntry,
  language: Language,
  { names, folio }: { names: Names; folio?: string | undefined },
): [string, string][] => {
  const say = sheetSpeaker(language)
  const { actor, referralId, consentId, code, request, id, time } = entry
  const name = actor.keyid === undefined ? undefined : names.get(actor.keyid)
  const post = 'post' in actor && typeof actor.post === 'string' ? actor.post : undefined
  const all: [string, string | undefined][] = [
    [say('fact.institution'), actorInWords(actor.institution, language)],
    [say('fact.key'), actor.keyid && (name ? `${name}  ${actor.keyid}` : actor.keyid)],
    [say('fact.post'), post],
    [say('fact.folio'), folio],
    [say('fact.referral'), referralId],
    [say('fact.consent'), consentId],
    [say('fact.code'), code],
    [say('fact.request'), `${request.method} ${request.path}  (${request.id})`],
    [say('fact.entry-id'), id],
    [say('fact.utc'), time],
  ]
  return all.flatMap(([title, value]) => (value === undefined ? [] : [[title, value]]))
}

/**
 * The sheet as one page of paper.
 * @param file what the page will be called, for the command on it
 */
export const sheetPage = (
  sheet: LogSheet,
  language: Language,
  { names, file }: { names: Names; file: string },
): string => {
  const say = sheetSpeaker(language)
  const { entry, leaf, proof, vkey, hub, folio } = sheet
  const size = proof.split('\n\n')[1]?.split('\n')[1] ?? ''
  const body = [
    ...sentences(entry, language).map(paragraph),
    facts([
      ...entryFacts(entry, language, { names, folio }),
      [say('fact.hub'), hub],
      [say('fact.vkey'), vkey],
    ]),
    paragraph(say('sheet.no-names')),
    heading(say('sheet.verify-title')),
    paragraph(say('sheet.verify-why')),
    `<pre class="command">${escaped(checkCommand(file, vkey))}</pre>\n`,
    heading(say('sheet.proof-title')),
    paragraph(say('sheet.proof-why', { size })),
    exact('proof', proof),
    heading(say('sheet.leaf-title')),
    exact('leaf', leaf),
  ].join('')
  return page(language, say('sheet.title', { index: entry.index ?? '' }), body)
}
