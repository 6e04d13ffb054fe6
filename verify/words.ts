// What a person reads of a verification, out of the sentences of texts/verdict.ts: how far it has come, and its
// verdict.
import type { Language } from '../texts/language.ts'
import { inert } from '../texts/inert.ts'
import { filled, type Values } from '../texts/filled.ts'
import { failureWhys } from '../texts/failures.ts'
import { verdictTexts } from '../texts/verdict.ts'
import type { Phase } from './progress.ts'
import { exitCodeOf, type FailureCode, type Trusted, type Verdict } from './verdict.ts'

/** One for each code: a code without its sentence does not compile. */
const whys: Record<FailureCode, Readonly<Record<Language, string>>> = failureWhys

/** A detail may come out of a tampered file: nothing in it may act on the terminal. */
const visible = (text: string) => inert(JSON.stringify(text).slice(1, -1)).slice(0, 200)

/** Why no key from outside could be used: wrong usage. */
export const notTrustable = (
  { what, file = '' }: { what: 'vkey' | 'pins'; file?: string | undefined },
  language: Language,
): string => filled(verdictTexts[what === 'vkey' ? 'no-key' : 'no-pins'][language], { file })

/** What an intact log has that somebody should look at; the last of its lines. */
export const warningLines = (
  { warnings }: Pick<Verdict & { ok: true }, 'warnings'>,
  language: Language,
): string[] => warnings.flatMap(one => verdictTexts[`warning.${one}`][language].split('\n'))

/** What a person reads: one plain verdict, by which key, and on failure the first entry concerned and why. */
export const verdictLines = (verdict: Verdict, language: Language): string[] => {
  const say = (key: keyof typeof verdictTexts, values: Values = {}) =>
    filled(verdictTexts[key][language], values).split('\n')
  const keyLines = ({ vkey, by, file = '' }: Trusted) => [
    ...say('log-key', { vkey: visible(vkey) }),
    ...say(by === 'folder' && file !== '' ? 'by.another' : `by.${by}`, { file }),
  ]
  if (verdict.ok) {
    const { newest = '–', cosigned, warnings, trusted, since, size } = verdict
    const { requests, referrals, keys, origin, root } = verdict
    const outside = trusted.by !== 'first-use' && trusted.by !== 'folder'
    return [
      ...say(outside ? 'holds' : 'agrees', { size, requests, origin }),
      ...say('facts', { referrals, keys, root, newest }),
      ...keyLines(trusted),
      ...cosigned.flatMap(({ institution, size: count, at }) =>
        say('cosigned-by', { institution, last: count - 1, at }),
      ),
      ...(since === undefined
        ? []
        : say('continued', {
            from: since.size,
            fromTime: since.newest ?? '–',
            size,
            newest,
            added: since.added,
          })),
      ...warningLines({ warnings }, language),
    ]
  }
  const { code, index, detail, evidence, trusted } = verdict
  return [
    ...say(exitCodeOf(verdict) === 2 ? 'unverified' : 'fails', { code, why: whys[code][language] }),
    ...(index === undefined ? [] : say('place', { index })),
    ...(detail === '' ? [] : say('where', { detail: visible(detail) })),
    ...(trusted === undefined ? [] : keyLines(trusted)),
    ...(evidence === undefined ? [] : say('kept', { evidence })),
  ]
}

const leftOf = (done: number, all: number, elapsedMs: number): string => {
  const seconds = Math.ceil(((elapsedMs / Math.max(1, done)) * (all - done)) / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `  12000 of 1000000 entries · 1 % · 1 min 20 s left` */
export const progressLine = (
  { done, all, elapsedMs }: { done: number; all: number; elapsedMs: number },
  language: Language,
): string =>
  filled(verdictTexts.progress[language], {
    done,
    all,
    percent: all === 0 ? 100 : Math.floor((done / all) * 100),
    left: leftOf(done, all, elapsedMs),
  })

/** `  comparing the tree…` */
export const phaseLine = (phase: Exclude<Phase, 'entries'>, language: Language): string =>
  verdictTexts[`phase.${phase}`][language]

/** A fault of the machine, which says nothing of the log. */
export const unfinished = (why: string, language: Language): string =>
  filled(verdictTexts.unfinished[language], { why })
