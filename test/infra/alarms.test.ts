// Whoever is woken finds what to do.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { pascal } from '../../infra/capabilities.ts'
import { hubTemplate } from '../../infra/local/template.ts'

test('every alarm of the template has its line in docs/operations.md, and every line its alarm', async () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const lines = [...text.matchAll(/^\| `([A-Za-z<>]+Alarm)` \|/gm)].map(([, id = '']) => id)
  const functions = hubFunctions.map(({ name }) => pascal(name)).join('|')
  const patterns = lines.map(
    id =>
      new RegExp(`^${id.replace('<CODE>', '[A-Z]{3}').replace('<Function>', `(${functions})`)}$`),
  )
  const { Resources } = await hubTemplate()
  const alarms = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))
  expect(alarms.length).toBeGreaterThan(25)
  expect(alarms.filter(id => !patterns.some(pattern => pattern.test(id)))).toEqual([])
  expect(lines.filter((_, i) => !alarms.some(id => patterns[i]?.test(id)))).toEqual([])
})
