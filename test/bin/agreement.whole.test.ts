// hub agreement, on a real local hub: an amendment by two signatories who know the command line alone, what each is
// shown before it signs, and the versions that come of it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { changeOf, termOptions, type TermOptions } from '../../bin/agreement/terms.ts'
import { terminalOn } from '../../bin/terminal.ts'
import { AgreementChange, Policy } from '../../schemas/notice.ts'
import { termLabels } from '../../texts/terms.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { stream } from './acting.ts'
import { around, hub as run, records } from './cli.ts'

const hub = await ownHub()
const folder = temporaryFolder('agreement')
const [addendum, another] = ['addendum', 'another'].map(name => {
  writeFileSync(join(folder, name), name)
  return join(folder, name)
}) as [string, string]

const agreement = (...args: string[]) => run(['agreement', ...args, '--hub', hub.data])
/** Words as one line: what is shown is folded at 80 columns. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

test('two signatories amend the agreement: each is shown what it says before it says it', async () => {
  const change = ['--target-persons', '300', '--expire-days', '20', '--answer-hours', 'urgente=48']
  const first = await agreement('notice', 'adenda', ...change, '--document', addendum, '--yes')
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('AV-2026-0001') })
  const shown = [
    'meta de personas 250 → 300',
    'horas para responder urgente 72 (3 días) → 48 (2 días)',
    'días sin respuesta hasta la anulación 60 → 20',
  ]
  for (const words of [...shown, 'ninguno hasta que ALA diga lo mismo'])
    expect(flat(first.err)).toContain(words)
  expect(first.out).toContain('hub agreement agree AV-2026-0001')
  expect((await agreement('show')).out).toMatch(/AV-2026-0001 {2}IGM .*espera a la otra parte ALA/)

  const digest = /huella\s+([0-9a-f]{64})/
  const second = await agreement('agree', 'av-2026-0001', '--document', addendum, '--yes')
  expect(second).toMatchObject({ code: 0, out: expect.stringContaining('surtió efecto') })
  for (const words of [...shown, 'lo han dicho todas las partes'])
    expect(flat(second.err)).toContain(words)
  expect(digest.exec(second.err)?.[1]).toBe(digest.exec(first.err)?.[1])
  expect((await agreement('versions', '--lang', 'en')).out).toMatch(
    /version 2 .*\n +target of persons +250 → 300\n +hours to answer +urgent 72 \(3 days\) → 48 \(2 days\)\n/,
  )
})

test('two versions are compared in words, and as one object', async () => {
  const back = await agreement('versions', '2', '1')
  expect(flat(back.out)).toContain('meta de personas 300 → 250 horas para responder')
  expect((await agreement('versions', '2', '2')).out).toContain('No hay diferencia')
  const [record] = records((await agreement('versions', '1', '2', '--json')).out)
  expect(record).toEqual({
    agreementId: 'igm-ala-2026',
    from: 1,
    to: 2,
    changes: [
      { term: 'targetPersons', before: 250, after: 300 },
      {
        term: 'answerHours',
        before: { routine: 336, urgent: 72, stat: 24 },
        after: { routine: 336, urgent: 48, stat: 24 },
      },
      { term: 'expireDays', before: 60, after: 20 },
    ],
  })
  const each = records((await agreement('versions', '--json')).out)
  expect(each).toMatchObject([
    { version: 1, changes: [] },
    { version: 2, changes: [{}, {}, {}] },
  ])
  expect(each[0]?.terms).toMatchObject({ targetPersons: 250, policy: { expireDays: 60 } })
})

test('what cannot be said is told, with what can', async () => {
  await agreement('notice', 'amendment', '--onward-recipients', 'ninguna', '--yes')
  const wrong = async (words: string, says: RegExp) => {
    const { code, err } = await agreement(...words.split(' '), '--yes')
    expect([code, flat(err)], words).toEqual([2, expect.stringMatching(says)])
  }
  await wrong('notice amendment', /cambia al menos un término/)
  await wrong('notice amendment --until 2030-02-05T05:59:59.999Z', /adenda no lleva --until/)
  await wrong('notice breach --target-persons 300', /incumplimiento no lleva --target-persons/)
  await wrong('notice rescission', /rescisión necesita --received-on/)
  await wrong('notice amendment --answer-hours soon=3', /valor no válido para --answer-hours/)
  await wrong('agree AV-2026-0003 --as igm-signatory', /es de su propia institución \(IGM\).* ALA/)
  await wrong('agree AV-2026-0001', /no espera a nadie: surtió efecto.* AV-2026-0003/)
  await wrong('agree AV-2026-0009', /No hay un aviso con ese número.* AV-2026-0003/)
  await wrong(`agree AV-2026-0003 --document ${another}`, /no es la adenda de aquel aviso/)
  const { code, err } = await agreement('versions', '3')
  expect([code, err]).toEqual([2, expect.stringContaining('hay: 1, 2')])
})

test('who is no signatory is shown no effect of what they cannot do', async () => {
  for (const words of ['agree AV-2026-0003 --as ala-liaison', 'notice breach --as igm-liaison']) {
    const { code, out, err } = await agreement(...words.split(' '), '--yes')
    expect([code, out], words).toEqual([2, ''])
    expect(flat(err), words).toMatch(/no es de la firma autorizada de (ALA|IGM)/)
    expect(err, words).not.toMatch(/huella|efecto/)
  }
})

test.each([
  ['renovacion', '--until', '9999-12-31T23:59:59.999Z'],
  ['rescision', '--received-on', '9999-12-31'],
])(
  'a %s with %s at the end of the calendar is refused by its name, before anything is shown',
  async (kind, option, value) => {
    const { code, out, err } = await agreement('notice', kind, option, value, '--yes')
    expect([code, out]).toEqual([2, ''])
    expect(flat(err)).toContain(`${option}: la fecha no está entre 1900 y 2100`)
    expect(err).not.toMatch(/huella|efecto/)
  },
)

test('a term beyond what the contract takes is refused by its option', async () => {
  for (const option of ['--retention-days', '--expire-days', '--completion-days'])
    expect(flat((await agreement('notice', 'adenda', option, '36501', '--yes')).err)).toContain(
      `valor no válido para ${option}`,
    )
  const { err } = await agreement('notice', 'adenda', '--answer-hours', 'stat=87601', '--yes')
  expect(flat(err)).toContain('valor no válido para --answer-hours')
})

test('every term that an amendment may carry has its option and its words', async () => {
  const [input, out, error] = [stream(false), stream(false), stream(false)]
  const terminal = terminalOn(
    { input, out, error },
    { language: 'es', options: () => ({}), ...around() },
  )
  const command = termOptions(new Command(), terminal)
  const line = command.options.flatMap(({ long, flags }) => [
    long ?? '',
    flags.includes('yes-no') ? 'sí' : flags.includes('priority') ? 'stat=1' : 'OIM',
  ])
  const numbers = line.map((word, n) => (/-(persons|days)$/.test(line[n - 1] ?? '') ? '7' : word))
  command.parse(numbers, { from: 'user' })
  const now = { policy: { answerHours: { routine: 3, urgent: 2, stat: 2 } } }
  const all = { routine: 5, urgent: 4, stat: 3 }
  const stated = changeOf(command.opts<TermOptions>(), {
    policy: { ...now.policy, collectHours: all },
  })
  const change = AgreementChange.parse(stated)
  expect(change.policy?.collectHours).toEqual({ ...all, stat: 1 })
  const members = [...Object.keys(change), ...Object.keys(change.policy ?? {})]
  const known = [...Object.keys(termLabels), 'policy'].toSorted()
  expect(members.toSorted()).toEqual(known)
  const shapes = [...Object.keys(AgreementChange.shape), ...Object.keys(Policy.shape)]
  expect(shapes.toSorted()).toEqual(known)
})
