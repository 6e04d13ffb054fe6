// The document before a public linter: redocly, ruleset `recommended`.
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { openapi } from '../../schemas/openapi.ts'

const faultsOf = async (document: object): Promise<string[]> => {
  const found = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: '/openapi.json',
    config: await createConfig({ extends: ['recommended'] }),
  })
  return found.map(({ ruleId, severity, location }) =>
    [severity, ruleId, location[0]?.pointer].join(' '),
  )
}

const document = openapi('https://hub.example.org')

test('redocly has nothing to say but that open routes refuse nobody', async () => {
  expect(await faultsOf(document)).toEqual([
    'warn operation-4xx-response #/paths/~1v1~1health/get/responses',
    'warn operation-4xx-response #/paths/~1v1~1health/head/responses',
    'warn operation-4xx-response #/paths/~1v1~1openapi.json/get/responses',
    'warn operation-4xx-response #/paths/~1v1~1openapi.json/head/responses',
  ])
})

test('redocly finds an example that is not as its schema says, and a reference to nothing', async () => {
  // One path of it: two faults are found in a second as well as in ten.
  const { '/v1/referrals': path } = (document as { paths: Record<string, object> }).paths
  const wrong = JSON.stringify({ ...document, paths: { '/v1/referrals': path } })
    .replace('"priority":"routine"', '"priority":"soon"')
    .replace('#/components/parameters/query-limit', '#/components/parameters/query-limits')
  const faults = await faultsOf(JSON.parse(wrong) as object)
  expect(faults).toContainEqual(expect.stringContaining('no-invalid-media-type-examples'))
  expect(faults).toContainEqual(expect.stringContaining('no-unresolved-refs'))
})
