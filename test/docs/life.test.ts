// The picture of a referral's life has the transitions of the rules: all of them, and no other.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { availableTransitions, isClosed } from '../../events/referral.ts'
import { Status } from '../../schemas/referral.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'

const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8')
const [, picture = ''] = /```mermaid\nstateDiagram-v2\n([^`]*)```/.exec(text) ?? []
const arrows = [...picture.matchAll(/^ +(\w+) --> (\w+)/gm)].map(([, from = '', to = '']) =>
  [from, to].map(name => name.replaceAll('_', '-')),
)

test('it has the transitions of the rules, whoever sets them', () => {
  const open = Status.options.filter(status => !isClosed(status))
  const drawn = arrows.flatMap(([from, to]) =>
    from === 'open' ? open.map(each => `${each} ${to}`) : [`${from} ${to}`],
  )
  const [referrer, recipient] = ['IGM', 'ALA'] as InstitutionCode[] as [
    InstitutionCode,
    InstitutionCode,
  ]
  const ruled = Status.options.flatMap(status =>
    [referrer, recipient, 'hub' as InstitutionCode].flatMap(viewer =>
      availableTransitions({ referrer, recipient, status }, viewer).map(to => `${status} ${to}`),
    ),
  )
  expect(drawn.toSorted()).toEqual([...new Set(ruled)].toSorted())
})
