import { expect, test } from 'vitest'
import { KeyTerms } from '../../schemas/access-log.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'

test('an entry says everything of a key that the directory does, so that the one can be rebuilt from the other', () => {
  // The JWK by its digest (`subjectKeyid`), the algorithm by the JWK; the state and the history by the entries
  // themselves.
  const elsewhere = ['keyid', 'jwk', 'alg', 'state', 'history']
  const wanted = Object.keys(DirectoryKey.shape).filter(name => !elsewhere.includes(name))
  expect(new Set(Object.keys(KeyTerms.shape))).toEqual(new Set([...wanted, 'at', 'before']))
})
