// The verdict in plain words, in Guatemalan Spanish and in English.
import type { Language } from '../labels.ts'
import { inert } from '../inert.ts'
import { filled, type Values } from '../texts.ts'
import { whys } from './failures.ts'
import type { Verdict } from './verdict.ts'

type Text = Readonly<Record<Language, string>>

export const verifyUsage: Text = {
  es: 'Uso: verify-log CARPETA [--since CONSTANCIA] [--max-age HORAS] [--authority NOMBRE] [--lang es|en] [--json]',
  en: 'Usage: verify-log FOLDER [--since CHECKPOINT] [--max-age HOURS] [--authority NAME] [--lang es|en] [--json]',
}

const holds: Text = {
  es: 'La bitácora está íntegra: {size} entradas y {requests} solicitudes firmadas de {origin}.\n  cadenas completas desde su inicio: {referrals} referencias\n  raíz {root}\n  última entrada {newest}',
  en: 'The log is intact: {size} entries and {requests} signed requests of {origin}.\n  chains followed from their beginning: {referrals} referrals\n  root {root}\n  last entry {newest}',
}
const cosignedBy: Text = {
  es: '  cofirmada por {institution} hasta la entrada {last}, {at}',
  en: '  cosigned by {institution} up to entry {last}, {at}',
}
const fails: Text = {
  es: 'La bitácora NO es la que se firmó: {why} ({code})',
  en: 'The log is NOT what was signed: {why} ({code})',
}
const place: Text = {
  es: '  primera entrada afectada: {index}',
  en: '  first entry concerned: {index}',
}
const where: Text = { es: '  dónde: {detail}', en: '  where: {detail}' }
const kept: Text = {
  es: '  las dos constancias quedaron, completas, en {evidence}',
  en: '  both checkpoints were kept, whole, in {evidence}',
}
const old: Text = {
  es: '  aviso: la última entrada tiene más de un día; puede haber otras después',
  en: '  warning: the last entry is more than a day old; there may be later ones',
}

/** A detail may come out of a tampered file: nothing in it may act on the terminal. */
const visible = (text: string) => inert(JSON.stringify(text).slice(1, -1)).slice(0, 200)

/** What a person reads: one plain verdict, and on failure the first entry concerned and why. */
export const verdictLines = (verdict: Verdict, language: Language): string[] => {
  const say = (text: Text, values: Values) => filled(text[language], values)
  if (verdict.ok) {
    const { size, requests, referrals, origin, root, newest = '–', cosigned, warnings } = verdict
    return [
      ...say(holds, { size, requests, referrals, origin, root, newest }).split('\n'),
      ...cosigned.map(({ institution, size: count, at }) =>
        say(cosignedBy, { institution, last: count - 1, at }),
      ),
      ...warnings.map(() => old[language]),
    ]
  }
  const { code, index, detail, evidence } = verdict
  return [
    say(fails, { code, why: whys[code][language] }),
    ...(index === undefined ? [] : [say(place, { index })]),
    ...(detail === '' ? [] : [say(where, { detail: visible(detail) })]),
    ...(evidence === undefined ? [] : [say(kept, { evidence })]),
  ]
}
