// The hub's tables and keys, and nobody but whoever starts them: doors and schedules stay shut.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moduleOf } from '../infra/local/built.ts'
import { startMachine } from '../infra/local/machine.ts'
import { hubTemplate } from '../infra/local/template.ts'

export const shutMachine = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-shut-'))
  const { aws, nameOf, stop } = await startMachine({
    template: hubTemplate(),
    moduleOf,
    port: 0,
    folder,
    clockOffsetMs: 0,
    log: () => {},
  })
  return {
    aws,
    nameOf,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
