// Guatemalan facts against a second list, written out by department name, and CUI numbers made here.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCui, isMunicipality } from '../../schemas/guatemala.ts'

const departments: [string, string, number][] = [
  ['01', 'Guatemala', 17],
  ['02', 'El Progreso', 8],
  ['03', 'Sacatepéquez', 16],
  ['04', 'Chimaltenango', 16],
  ['05', 'Escuintla', 14],
  ['06', 'Santa Rosa', 14],
  ['07', 'Sololá', 19],
  ['08', 'Totonicapán', 8],
  ['09', 'Quetzaltenango', 24],
  ['10', 'Suchitepéquez', 21],
  ['11', 'Retalhuleu', 9],
  ['12', 'San Marcos', 30],
  ['13', 'Huehuetenango', 33],
  ['14', 'Quiché', 21],
  ['15', 'Baja Verapaz', 8],
  ['16', 'Alta Verapaz', 17],
  ['17', 'Petén', 14],
  ['18', 'Izabal', 5],
  ['19', 'Zacapa', 11],
  ['20', 'Chiquimula', 11],
  ['21', 'Jalapa', 7],
  ['22', 'Jutiapa', 17],
]
const twoDigits = (n: number) => String(n).padStart(2, '0')
const tenThousand = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))

describe('municipalities', () => {
  test('Guatemala has 340 municipalities and every other four digits are none', () => {
    const known = departments.flatMap(([code, , count]) =>
      Array.from({ length: count }, (_, i) => `${code}${twoDigits(i + 1)}`),
    )
    expect(known).toHaveLength(340)
    expect(tenThousand.filter(isMunicipality)).toEqual(known)
  })

  test.each(departments)('department %s, %s, has municipalities 01 to %i', (code, _, count) => {
    expect(isMunicipality(`${code}00`)).toBe(false)
    expect(isMunicipality(`${code}01`)).toBe(true)
    expect(isMunicipality(`${code}${twoDigits(count)}`)).toBe(true)
    expect(isMunicipality(`${code}${twoDigits(count + 1)}`)).toBe(false)
  })

  test.each(['', '101', '00101', '01 1', '0101 ', '0101\n', '+101', '01.1', '٠١٠١', '0x01'])(
    'a municipality code is four plain digits: %j is none',
    code => {
      expect(isMunicipality(code)).toBe(false)
    },
  )
})

/** The verifier by the rule as the domain page states it, with its weights written out. */
const verifierOf = (body: string): number => {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9]
  return weights.reduce((sum, weight, i) => sum + weight * Number(body.charAt(i)), 0) % 11
}
const mutations = (text: string, position: number) =>
  '0123456789'
    .split('')
    .filter(digit => digit !== text[position])
    .map(digit => text.slice(0, position) + digit + text.slice(position + 1))

const bodies = fc.stringMatching(/^[0-9]{8}$/)
const places = fc
  .constantFrom(...departments)
  .chain(([code, , count]) => fc.integer({ min: 1, max: count }).map(n => `${code}${twoDigits(n)}`))

describe('CUI numbers', () => {
  // 1·2+2·3+3·4+4·5+5·6+6·7+7·8+8·9 = 240 = 21·11 + 9
  test.each(['1234567890101', '0000000000101', '0000000192217', '9999999902217'])(
    'a number whose verifier is right is accepted: %s',
    cui => {
      expect(verifierOf(cui.slice(0, 8))).toBe(Number(cui[8]))
      expect(isCui(cui)).toBe(true)
    },
  )

  test('of the ten verifiers of a body exactly the right one is accepted, and none where it would be 10', () => {
    fc.assert(
      fc.property(bodies, places, (body, place) => {
        const accepted = [...Array(10).keys()].filter(digit => isCui(`${body}${digit}${place}`))
        const verifier = verifierOf(body)
        expect(accepted).toEqual(verifier === 10 ? [] : [verifier])
      }),
    )
  })

  test('a body whose remainder is 10 was never issued', () => {
    expect(verifierOf('00000050')).toBe(7)
    expect(verifierOf('50000000')).toBe(10)
    for (const digit of '0123456789') expect(isCui(`50000000${digit}0101`)).toBe(false)
  })

  test('one wrong digit in the body or the verifier is always noticed', () => {
    fc.assert(
      fc.property(bodies, places, fc.integer({ min: 0, max: 8 }), (body, place, position) => {
        fc.pre(verifierOf(body) !== 10)
        for (const wrong of mutations(`${body}${verifierOf(body)}${place}`, position))
          expect(isCui(wrong)).toBe(false)
      }),
    )
  })

  test.each([9, 10, 11, 12])(
    'a wrong digit %i is noticed unless it names another municipality',
    position => {
      const accepted = mutations('1234567890117', position).filter(isCui)
      const real = mutations('1234567890117', position).filter(cui => isMunicipality(cui.slice(9)))
      expect(accepted).toEqual(real)
      expect(accepted.length).toBeLessThan(9)
    },
  )

  test.each(['', '123456789010', '12345678901011', '1234 56789 0101', '1234567890101\n', 'x'])(
    'a CUI is thirteen plain digits: %j is none',
    cui => {
      expect(isCui(cui)).toBe(false)
    },
  )
})
