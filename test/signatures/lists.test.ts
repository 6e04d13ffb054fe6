// Fields whose values were joined on the way (RFC 9421 §2.1; API Gateway joins by a comma alone): both readings verify,
// no third does.
import { describe, expect, test } from 'vitest'
import { Instant } from '../../schemas/ids.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import { directory, drafted, get, judge } from './judging.ts'
import { authority, now, signed } from './signing.ts'

const covering = (value: string) => {
  const given = drafted(get)
  return signed({
    ...given,
    headers: { ...given.headers, 'x-trace': value },
    components: [...given.components, '"x-trace"'],
  })
}
const arriving = (value: string, as: string) => {
  const request = covering(value)
  return { ...request, headers: { ...request.headers, 'x-trace': as } }
}

describe('a covered field', () => {
  test.each([
    ['a, b', 'a,b'],
    ['a, b, c', 'a,b, c'],
    ['"x,y", z', '"x,y",z'],
    [String.raw`"x\",y", z`, String.raw`"x\",y",z`],
    ['a,b', 'a,b'],
    ['a, b', 'a, b'],
  ])('signed as %j may arrive as %j', async (value, as) => {
    expect(await judge(arriving(value, as))).toMatchObject({ outcome: 'accepted', lookups: 1 })
  })

  test.each([
    ['a,b', 'a, b'],
    ['a, b', 'b,a'],
    ['a, b', 'a,c'],
    ['a, b', 'a,,b'],
    ['a, b', 'a,  b'],
    ['ab', 'a,b'],
    ['a, b', 'ab'],
    ['"x, y"', '"x,y"'],
  ])('signed as %j may not arrive as %j', async (value, as) => {
    expect(await judge(arriving(value, as))).toEqual({ outcome: 'signature-invalid', lookups: 1 })
  })

  test('is kept as evidence as it stands in the signature base', async () => {
    for (const as of ['a,b', 'a, b']) {
      const { covered } = await verifyRequest(arriving('a, b', as), {
        authority,
        now: Instant.parse(now),
        findKey: async keyid => directory.find(key => key.keyid === keyid),
      })
      expect(covered['x-trace']).toBe('a, b')
    }
  })
})
