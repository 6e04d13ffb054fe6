// A hub whose DynamoDB now and then answers as the real one does and the embedded one never: busy, throttled, or not at
// all. A server of our own on loopback stands in front of it; everything between is as always.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import { ownHub } from './own-hub.ts'
import { unlimited } from '../unlimited.ts'

/** What becomes of a call: passed on, answered with an error that DynamoDB has, or never answered. */
export type Fault = { status: number; body: object } | 'hangs' | undefined
/** @param operation `TransactWriteItems` */
export type Faults = (operation: string, body: { TransactItems?: unknown[] }) => Fault

export const exception = (type: string, more: object = {}): Fault => ({
  status: 400,
  body: {
    __type: `com.amazonaws.dynamodb.v20120810#${type}`,
    message: type,
    Message: type,
    ...more,
  },
})

/** Starts a hub of the test file's own. `meet` sets what its calls meet from now on. */
export const faultyHub = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-faulty-'))
  const dynamodb = await startDynamoDb({ folder, foreign: undefined, report: () => {} })
  const met: { faults?: Faults } = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const target = String(request.headers['x-amz-target'])
      const fault = met.faults?.(target.split('.')[1] ?? '', JSON.parse(body.toString()) as object)
      if (fault === 'hangs') return
      if (fault) {
        response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' })
        response.end(JSON.stringify(fault.body))
        return
      }
      dynamodb.call(target, body).then(
        answer => response.writeHead(answer.status, answer.headers).end(answer.body),
        () => response.destroy(),
      )
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(async () => {
    server.close()
    server.closeAllConnections()
    await dynamodb.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const before = process.env['HUB_DYNAMODB_ENDPOINT']
  process.env['HUB_DYNAMODB_ENDPOINT'] =
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const place = await ownHub({ rate: unlimited })
    return { ...place, meet: (what: Faults) => void (met.faults = what) }
  } finally {
    if (before === undefined) delete process.env['HUB_DYNAMODB_ENDPOINT']
    else process.env['HUB_DYNAMODB_ENDPOINT'] = before
  }
}
