// Every municipality that the contract takes has a name, and none has one that it does not take.
import { describe, expect, test } from 'vitest'
import { isMunicipality } from '../../schemas/guatemala.ts'
import { departments, municipalitiesOf, municipalityName } from '../../texts/municipalities.ts'

const all = departments.flatMap(({ code }) => municipalitiesOf(code))

test('the codes with a name are the 340 that the contract takes', () => {
  const codes = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))
  expect(all.map(({ code }) => code)).toEqual(codes.filter(isMunicipality))
  expect(all).toHaveLength(340)
})

test('22 departments, each with another name, and no two of one department are called the same', () => {
  expect(new Set(departments.map(({ name }) => name)).size).toBe(22)
  for (const { code } of departments) {
    const names = municipalitiesOf(code).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^\p{Lu}[\p{L} ]{3,30}$/u)
  }
})

/** The first and the last of each department, and those that were made last (2014 and later). */
const known = [
  ['0101', 'Guatemala, Guatemala'],
  ['0117', 'San Miguel Petapa, Guatemala'],
  ['0208', 'San Antonio La Paz, El Progreso'],
  ['0301', 'Antigua Guatemala, Sacatepéquez'],
  ['0416', 'El Tejar, Chimaltenango'],
  ['0514', 'Sipacate, Escuintla'],
  ['0614', 'Nueva Santa Rosa, Santa Rosa'],
  ['0719', 'Santiago Atitlán, Sololá'],
  ['0808', 'San Bartolo Aguas Calientes, Totonicapán'],
  ['0924', 'Palestina de Los Altos, Quetzaltenango'],
  ['1021', 'San José La Máquina, Suchitepéquez'],
  ['1109', 'El Asintal, Retalhuleu'],
  ['1230', 'La Blanca, San Marcos'],
  ['1333', 'Petatán, Huehuetenango'],
  ['1421', 'Pachalum, Quiché'],
  ['1508', 'Purulhá, Baja Verapaz'],
  ['1617', 'Raxruhá, Alta Verapaz'],
  ['1701', 'Flores, Petén'],
  ['1714', 'El Chal, Petén'],
  ['1805', 'Los Amates, Izabal'],
  ['1911', 'San Jorge, Zacapa'],
  ['2011', 'Ipala, Chiquimula'],
  ['2107', 'Mataquescuintla, Jalapa'],
  ['2217', 'Quesada, Jutiapa'],
] as const

test('a code is called as its municipality is, with the department', () => {
  expect(known.map(([code]) => [code, municipalityName(code)])).toEqual(known)
})

describe('a code that is none of these is shown as it is:', () => {
  test.each(['0100', '0118', '2301', '0001', '', 'x', '17', '17011', '-101', ' 101'])(
    '%j',
    code => {
      expect(municipalityName(code)).toBe(code)
    },
  )
})

test('a department that is none has no municipalities', () => {
  for (const code of ['', '00', '23', 'x']) expect(municipalitiesOf(code)).toEqual([])
})
