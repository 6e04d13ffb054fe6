// A hub's place on loopback for tests of the command line alone: a real HTTP server with fixed answers, and its
// hub.json.
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { newKey } from '../../signatures/keys.ts'

export type Fixed = { status: number; body: unknown; headers?: Record<string, string> }
export type Seen = { method: string; path: string; body: string; as: string }

/** What the header of a referral that was just submitted has, and nobody can write into. */
export const justSubmitted = (at: string) => ({
  submittedAt: at,
  respondBy: at,
  status: 'requested',
  deliveryState: 'queued',
  contentState: 'sealed',
  version: 1,
})

/** The refusal of a request for one of its members. */
export const invalidRequest = (title: string, error: { pointer: string; code: string }): Fixed => ({
  status: 422,
  body: { status: 422, code: 'invalid-request', title, errors: [error] },
})

/** Serves `answer` for every request, `seen` already when it is asked; writes hub.json and its keys into `folder`. */
export async function standIn(
  folder: string,
  answer: (seen: Seen) => Fixed | Promise<Fixed>,
): Promise<{ seen: Seen[]; close: () => void }> {
  const seen: Seen[] = []
  const names = new Map<string, string>()
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const keyid = /keyid="([^"]+)"/.exec(String(request.headers['signature-input']))?.[1] ?? ''
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: await text(request),
      as: names.get(keyid) ?? '',
    }
    seen.push(one)
    const { status, body, headers } = await answer(one)
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body))
  }
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const keys = []
  for (const name of ['igm-system', 'igm-compliance', 'ala-system']) {
    const { jwk, keyid } = await newKey()
    await writeFile(join(folder, `${name}.json`), JSON.stringify(jwk))
    names.set(keyid, name)
    keys.push({ name, institution: name.slice(0, 3).toUpperCase(), keyid, file: `${name}.json` })
  }
  const authority = `127.0.0.1:${address.port}`
  const about = { url: `http://${authority}`, authority, keys }
  await writeFile(join(folder, 'hub.json'), JSON.stringify(about))
  return {
    seen,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
