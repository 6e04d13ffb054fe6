// The certificate as a page: everything in it is text, and nothing in it loads or runs.
import { describe, expect, test } from 'vitest'
import { certificatePage } from '../../../functions/http/certificate-page.ts'
import { Certificate } from '../../../schemas/certificate.ts'
import { certificateOf } from '../../schemas/certificates.ts'

const at = '2026-11-21T12:00:00.000Z'
const id = '019aa5d4-7c00-7abc-8def-0123456789ab'
const digest = 'a'.repeat(64)
const said = (text: string) => ({ es: `${text} en español`, en: `${text} in English` })
const document = Certificate.parse({
  ...certificateOf(id, at),
  requestedBy: { institution: 'IGM', capacity: 'guardian' },
  destroyed: [{ what: said('Llave'), digest }, { what: said('Huellas') }],
  remains: [{ what: said('Encabezado'), why: said('Rinde cuentas') }],
  deletionConfirmedAt: '2026-11-22T12:00:00.000Z',
  logEntries: [
    { index: 7, id, action: 'consent.withdraw', time: at },
    { id, action: 'consent.confirm-deletion', time: at },
  ],
  checkpoint: 'hub.example/log\n9\nAAAA\n\n\u2014 hub.example/log BBBB\n',
  statement: said('Copia de traslado'),
  issuedAt: '2026-11-23T12:00:00.000Z',
})
const page = certificatePage(document, 'es')

describe('the page of a certificate', () => {
  test('it says all that the certificate says', () => {
    for (const text of [
      document.folio,
      id,
      'igm-ala-2026',
      '21 de noviembre de 2026',
      '06:00:00 (hora de Guatemala)',
      'Retiro del consentimiento',
      'IGM',
      digest,
      'Llave en español',
      'Huellas en español',
      'Encabezado en español',
      'Rinde cuentas en español',
      'Copia de traslado en español',
      '22 de noviembre de 2026',
      'hub.example/log\n9\nAAAA',
      '<td>7</td>',
      '<td>pendiente</td>',
      'Se retiró el consentimiento',
      'La receptora confirmó la eliminación',
      '23 de noviembre de 2026',
    ])
      expect(page).toContain(text)
  })

  test('in the other language the same, with no word of this one', () => {
    const english = certificatePage(document, 'en')
    expect(english).toContain('<html lang="en">')
    expect(english).toContain('Rinde cuentas in English')
    expect(english).not.toContain('en español')
    expect(english).not.toMatch(/Qué |Convenio|Motivo|pendiente|noviembre|Se retiró|hora de/)
    expect(page).toContain('<html lang="es">')
    expect(page).not.toContain('in English')
  })

  test('each state of the recipient’s deletion has words of its own', () => {
    const { deletionConfirmedAt: _, ...open } = document
    const words = (['none', 'requested'] as const).map(deletion =>
      certificatePage({ ...open, deletion }, 'es'),
    )
    expect(words[0]).toContain('No se ha solicitado')
    expect(words[1]).toContain('Solicitada, sin confirmar')
  })

  test('at the end of the retention period nobody’s request is named', () => {
    const { requestedBy: _, ...without } = document
    const text = certificatePage({ ...without, cause: 'retention' }, 'es')
    expect(text).toContain('Fin del plazo de conservación')
    expect(text).not.toContain('A solicitud de')
  })

  test('it loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|form|base)\b/i)
    expect(page).not.toMatch(/\b(src|href|on\w+)\s*=|javascript:|@import|url\(/i)
  })

  test('its tags are closed in the order in which they were opened', () => {
    const open: string[] = []
    for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (slash === '') {
        if (!['meta', 'br'].includes(name)) open.push(name)
      } else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })
})

const attack = `<script>alert(1)</script><img src=x onerror="alert('2')">&lt;`

/** Every text of a JSON value, with how to put another one in its place in a copy. */
const textsOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'string'
    ? [path]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, one]) => textsOf(one, [...path, name]))
      : []
const attackedAt = (path: string[]): unknown => {
  const copy: unknown = structuredClone(document)
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], copy)
  Object.assign(holder as object, { [path.at(-1) ?? '']: attack })
  return copy
}

describe.each(textsOf(document).map(path => ({ at: path.join('/'), path })))(
  'a text at $at',
  ({ path }) => {
    test('that would be more than text is no certificate, or stays text', () => {
      const parsed = Certificate.safeParse(attackedAt(path))
      if (!parsed.success) return
      for (const language of ['es', 'en'] as const) {
        const text = certificatePage(parsed.data, language)
        expect(text).not.toMatch(/<script|<img|onerror="|&lt;/i)
        if (!['es', 'en'].includes(path.at(-1) ?? '')) expect(text).toContain('&#60;script&#62;')
      }
    })
  },
)

test('sentences and actions are the texts that a certificate leaves open', () => {
  const open = textsOf(document).filter(path => Certificate.safeParse(attackedAt(path)).success)
  expect(new Set(open.map(path => path.at(-1)))).toEqual(
    new Set(['es', 'en', 'action', 'checkpoint']),
  )
})
