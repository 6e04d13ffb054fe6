// The hub's tables for one test file, and nobody but the test who uses them.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll } from 'vitest'
import { shutMachine } from '../../shut-machine.ts'

export const ownTables = async () => {
  const machine = await shutMachine()
  const dynamodb = new DynamoDBClient(machine.aws)
  afterAll(async () => {
    dynamodb.destroy()
    await machine.stop()
  })
  return { dynamodb, aws: machine.aws, tableOf: machine.nameOf }
}
