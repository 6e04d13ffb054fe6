// The verifier in a browser and on the command line, over a tampering of each code.
import { expect, test } from 'vitest'
import { browserVerdicts } from './browser-verdicts.ts'
import { signedLog } from './flipped-bytes.ts'
import { tamperings } from './tamperings.ts'

const codes = browserVerdicts(await signedLog(), tamperings)

test('these are of every kind', () => {
  expect([...codes]).toEqual(
    expect.arrayContaining(['rollback', 'fork', 'since-signature', 'stale']),
  )
  expect(codes.size).toBeGreaterThan(85)
})
