// The question before what cannot be undone: only a yes is a yes.
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { answerTo } from '../../bin/confirm.ts'

const answered = async (typed: string | undefined) => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  if (typed === undefined) input.end()
  else input.write(`${typed}\n`)
  const answer = await answerTo('¿Retirarlo? [s/N] ', { input, output })
  output.end()
  expect(await text(output)).toContain('¿Retirarlo?')
  return answer
}

test.each(['s', 'S', 'si', 'sí', 'SÍ', 'y', 'yes', ' sí '])('“%s” is a yes', async typed => {
  expect(await answered(typed)).toBe('yes')
})

test.each(['', 'n', 'no', 'N', 'sin', 'yesterday', 'siempre no', '1', 'true', 'ok'])(
  '“%s” is none',
  async typed => {
    expect(await answered(typed)).toBe('no')
  },
)

test('neither is the end of the input', async () => {
  expect(await answered(undefined)).toBe('no')
})
