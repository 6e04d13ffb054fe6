// A first deployment, up to the CLI: everything is bundled, synthesized and checked, twice.
import { expect, test } from 'vitest'
import { deploying, none } from './deployment.ts'

test(
  'a first deployment that fails is tried no further; the next one begins again',
  { timeout: 600_000 },
  async () => {
    const failed = await deploying({}, none, { status: 400, ends: [1] })
    expect(failed).toEqual({ exit: 1, ran: ['deploy --all --app'] })
    const done = await deploying({}, none, { status: 400 })
    expect(done).toEqual({ exit: 0, ran: ['deploy --all --app', 'deploy --all --app'] })
  },
)
