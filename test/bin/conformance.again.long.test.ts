// The conformance kit twice on one hub, as people read it. conformance.whole.test.ts runs it once, for machines.
import { expect, test } from 'vitest'
import { emptyHub } from '../journeys/empty-hub.ts'
import { bundled } from './bundled.ts'
import { run } from './cli.ts'

const hub = await emptyHub()

test('it may be run again, and is read by people', { timeout: 300_000 }, async () => {
  for (let time = 0; time < 2; time++) {
    const { code, out } = await run(await bundled('conformance'), ['--hub', hub.data])
    expect([code, out]).toEqual([0, expect.stringContaining('Lo que debe funcionar')])
    expect(out).toMatch(/\d+ como se esperaba · 0 no · 0 /)
  }
})
