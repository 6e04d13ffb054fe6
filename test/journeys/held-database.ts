// A hub whose calls to its database can be held: what happens between two of a door's steps is then a test, and not
// luck.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingMessage, createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll } from 'vitest'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import type { HubOptions } from '../../infra/local/hub.ts'
import { ownHub } from './own-hub.ts'

/** One call that a hold is about: its operation (`TransactWriteItems`) and its JSON text. */
export type Call = { operation: string; body: string }

/**
 * Where a call is held: `before` it reaches the database, or `after`, when what it does is done and its answer waits.
 * `reached` resolves once it is there; nothing moves on until `letGo`.
 */
export type Hold = { reached: Promise<void>; letGo: () => void }

type Waiting = {
  where: 'before' | 'after'
  matches: (call: Call) => boolean
  reach: () => void
  gone: Promise<void>
}

/** Starts a hub as `ownHub` does, over a database whose next matching call can be held. */
export const hubWithHolds = async (options: Pick<HubOptions, 'allow'> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-held-'))
  const database = await startDynamoDb({ folder, foreign: undefined, report: () => {} })
  const agent = new Agent({ keepAlive: true })
  const waiting: Waiting[] = []

  const heldAt = async (where: Waiting['where'], call: Call) => {
    const found = waiting.findIndex(one => one.where === where && one.matches(call))
    const [held] = found < 0 ? [] : waiting.splice(found, 1)
    held?.reach()
    await held?.gone
  }

  const front = createServer((incoming, outgoing) => {
    const pass = async () => {
      const target = String(incoming.headers['x-amz-target'] ?? '')
      const call = {
        operation: target.slice(target.indexOf('.') + 1),
        body: await text(incoming),
      }
      await heldAt('before', call)
      const onward = send(database.endpoint, { method: 'POST', agent, headers: incoming.headers })
      const answered = once(onward, 'response')
      onward.end(call.body)
      const [answer] = (await answered) as [IncomingMessage]
      const body = await text(answer)
      await heldAt('after', call)
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(body)
    }
    pass().catch(() => outgoing.destroy())
  })
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  // After the hub's own stop, which ownHub registers later and vitest runs first.
  afterAll(async () => {
    front.closeAllConnections()
    front.close()
    agent.destroy()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  process.env['HUB_DYNAMODB_ENDPOINT'] =
    `http://127.0.0.1:${(front.address() as AddressInfo).port}/`
  const hub = await ownHub(options).finally(() => {
    delete process.env['HUB_DYNAMODB_ENDPOINT']
  })
  return {
    hub,
    hold: (where: Waiting['where'], matches: Waiting['matches']): Hold => {
      const [reached, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      waiting.push({ where, matches, reach: reached.resolve, gone: gone.promise })
      return { reached: reached.promise, letGo: gone.resolve }
    },
  }
}
