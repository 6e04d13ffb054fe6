import { expect, test } from 'vitest'
import { sheetRecords } from '../../bin/csv/records.ts'
import { problemsOf } from '../../bin/refer/check.ts'
import { now, person, sheet } from './sheets.ts'

test('a sheet of 10,000 rows is read and checked in seconds', { timeout: 20_000 }, () => {
  const many = Array.from({ length: 10_000 }, (_, n) => person({ numero_propio: `A-${n}` }))
  expect(problemsOf(sheetRecords(sheet(many)), { now })).toEqual([])
})
