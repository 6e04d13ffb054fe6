import { expect, test } from 'vitest'
import { violationTexts } from '../../texts/fsck.ts'
import { kindOf } from './plants.ts'
import { plantNames, planted } from './planted.ts'

await planted(plantNames)

test('every kind there is a name for is planted', () => {
  expect(new Set(plantNames.map(kindOf))).toEqual(new Set(Object.keys(violationTexts)))
})
