// What people who refer and receive read, in either language: no technical word, nobody spoken of as a victim, *usted*
// throughout, and refusals that say what to do.
import { describe, expect, test } from 'vitest'
import { fieldCodes } from '../../schemas/field-codes.ts'
import { problems } from '../../schemas/problem.ts'
import { actorTexts } from '../../texts/actors.ts'
import { type Table, labelTables, sentenceTables } from '../../texts/catalogue.ts'
import { certificateTexts } from '../../texts/certificate.ts'
import { faultOf, plainFaults, plainProblems } from '../../texts/plain-faults.ts'

/** Only liaisons, officers and programs meet these. */
const ofOthers =
  'key-exists proof-invalid handle-unknown nothing-destroyed not-yet-sequenced checkpoint-older checkpoint-inconsistent checkpoint-not-ours cosignature-invalid cosignature-time cosigner-key-unsuitable'.split(
    ' ',
  )
const asShown = (codes: Table, plain: Partial<Record<string, Table[string]>>): Table =>
  Object.fromEntries(
    Object.entries(codes)
      .filter(([code]) => !ofOthers.includes(code))
      .map(([code, text]) => [code, plain[code] ?? text]),
  )

/** All words of the tables with these names. */
const wordsOf = (names: readonly string[]): Table =>
  Object.fromEntries(
    names.flatMap(line =>
      line.split(' ').flatMap(name => {
        const table: Table | undefined = (labelTables as Partial<Record<string, Table>>)[name]
        if (!table) throw new Error(`there is no table ${name}`)
        return Object.entries(table).map(([code, text]) => [`${name} ${code}`, text])
      }),
    ),
  )

// On the sheet that is printed from the hub, and on no page.
const { 'certificate.digest': _, ...certificate } = certificateTexts
const tables: Record<string, Table> = {
  everywhere: sentenceTables.console,
  home: sentenceTables.consoleHome,
  keys: sentenceTables.consoleKeys,
  case: sentenceTables.consoleCase,
  content: sentenceTables.contentWords,
  form: { ...sentenceTables.refer, ...sentenceTables.ask },
  notice: sentenceTables.notice,
  sent: sentenceTables.sent,
  actors: actorTexts,
  certificate,
  refusals: asShown(problems, plainProblems),
  faults: asShown(fieldCodes, plainFaults),
  codes: wordsOf([
    'sexLabels documentLabels withoutDocumentLabels timeLabels relationshipLabels schoolingLabels',
    'tradeLabels needLabels migrationLabels handlingLabels methodLabels yesNoLabels statusLabels',
    'reasonLabels milestoneLabels priorityLabels serviceLabels contentLabels deliveryLabels',
    'roleLabels purposeLabels categoryLabels capacityLabels causeLabels agreementStateLabels',
  ]),
}

const texts = Object.entries(tables).flatMap(([table, rows]) =>
  Object.entries(rows).map(([key, { es, en }]) => ({ at: `${table} ${key}`, es, en })),
)

const list = (words: string) =>
  new RegExp(String.raw`(?<![\p{L}-])(?:${words.split(' ').join('|')})(?![\p{L}-])`, 'iu')

const technical = {
  es: list(
    'payload carga cargas hash digest resumen huella manejador identificador identificadores id ids uuid token json xml api http https url servidor servidores endpoint encabezado bytes? nonce caché cola comandos metadatos parámetro campo base64 sha sha-256 jwk ed25519 utf-8 nfc bcp iana ine unicode timestamp lease commit null etag if-match idempotency-key content-digest retry-after placed reason kib código códigos',
  ),
  en: list(
    'payload hash digest fingerprint handle handles identifier id ids uuid token json xml api http https url server servers endpoint header bytes? nonce cache queue command metadata parameter member base64 sha sha-256 jwk ed25519 utf-8 nfc bcp iana ine unicode timestamp lease commit null etag if-match idempotency-key content-digest retry-after kib code codes',
  ),
}

/** What these words are on such a page, where they are no technical ones. */
const plainHere: Readonly<Record<string, readonly string[]>> = {
  // The code of a country is dialled.
  'código de país': ['form hint.phone', 'form hint.phone-own', 'form need.phone'],
  'country code': ['form hint.phone', 'form hint.phone-own', 'form need.phone'],
  // A finger is put on a reader, or on paper.
  'su huella': ['everywhere enter.passkey-what', 'codes methodLabels thumbprint'],
  Huella: ['keys request.how-passkey-hint'],
  fingerprint: ['everywhere enter.passkey-what'],
  Fingerprint: ['keys request.how-passkey-hint'],
}

const without = (at: string, text: string): string =>
  Object.entries(plainHere)
    .filter(([, places]) => places.includes(at))
    .reduce((left, [words]) => left.replace(words, ''), text.replaceAll(/\{[\w-]+\}/g, ''))

describe('on the pages of those who refer and receive', () => {
  test('no word is technical', () => {
    const wrong = texts.flatMap(({ at, es, en }) => [
      ...(technical.es.exec(without(at, es)) ?? []).map(word => `${at}: ${word}`),
      ...(technical.en.exec(without(at, en)) ?? []).map(word => `${at}: ${word}`),
    ])
    expect(wrong).toEqual([])
    expect(texts.length).toBeGreaterThan(500)
  })

  test('nothing is excused that is not there', () => {
    const unused = Object.entries(plainHere).flatMap(([words, places]) =>
      places
        .filter(place => {
          const found = texts.find(({ at }) => at === place)
          return !found || !(found.es + found.en).includes(words)
        })
        .map(place => `${place}: ${words}`),
    )
    expect(unused).toEqual([])
  })

  test('nobody is a victim, and everybody is usted', () => {
    const familiar =
      /(?<!\p{L})(?:tú|tu|tus|te|ti|contigo|vos|vosotr[ao]s|vuestr[ao]s?|tienes|puedes|quieres|debes|tenés|podés|querés)(?!\p{L})|^(?:Elige|Escribe|Haz|Revisa|Pulsa|Envía|Abre|Ingresa|Lee|Busca|Confirma|Intenta|Espera|Elegí|Escribí|Revisá)(?!\p{L})/u
    const wrong = texts.filter(({ es, en }) => /v[ií]ctim/i.test(es + en) || familiar.test(es))
    expect(wrong.map(({ at }) => at)).toEqual([])
  })

  test('the same thing has the same name', () => {
    const others = {
      es: list('remisión remisiones derivado usuaria beneficiario beneficiaria'),
      en: list('client clients beneficiary beneficiaries'),
    }
    const wrong = texts.filter(({ es, en }) => others.es.test(es) || others.en.test(en))
    expect(wrong.map(({ at }) => at)).toEqual([])
  })
})

test('a fault names its question, whether that is a question or a title', () => {
  expect(faultOf('Nacionalidad', 'Elija una opción')).toBe('Nacionalidad: elija una opción')
  expect(faultOf('¿Cuál es su sexo?', 'elija una opción')).toBe(
    '¿Cuál es su sexo? Elija una opción',
  )
})
