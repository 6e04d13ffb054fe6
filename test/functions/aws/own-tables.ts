// The hub's tables for one test file, and nobody but the test who uses them: doors and schedules stay shut.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { moduleOf } from '../../../infra/local/built.ts'
import { startMachine } from '../../../infra/local/machine.ts'
import { hubTemplate } from '../../../infra/local/template.ts'

export const ownTables = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-tables-'))
  const machine = await startMachine({
    template: hubTemplate(),
    moduleOf,
    port: 0,
    folder,
    clockOffsetMs: 0,
    log: () => {},
  })
  const dynamodb = new DynamoDBClient(machine.aws)
  afterAll(async () => {
    dynamodb.destroy()
    await machine.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return { dynamodb, aws: machine.aws, tableOf: machine.nameOf }
}
