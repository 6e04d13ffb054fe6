// The embedded DynamoDB: dynoxide's server as a child process, or the endpoint that HUB_DYNAMODB_ENDPOINT names.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AwsAnswer } from './aws-error.ts'
import { StartError } from './data-folder.ts'
import { serverProgram } from './dynamodb-program.ts'
import { linesTo, type Report } from './log.ts'
import { scrubber } from './scrub.ts'

/**
 * `call` passes one AWS JSON 1.0 call on to `endpoint`; `scrubSoon` takes what was deleted off the disk a moment later.
 * What somebody else's server leaves on its disk is not ours to say.
 */
export type DynamoDb = {
  call: (target: string, body: Buffer | string) => Promise<AwsAnswer>
  endpoint: string
  scrubSoon: () => void
  stop: () => Promise<void>
}

// The server dies with the hub, even when the hub gets kill -9: the watcher holds the read end of a pipe whose only
// write end is the hub's, and ends the server by its pid when the pipe closes. A server that ends by itself ends the
// watcher too.
const watcher = `
umask 077
"$@" 3<&- &
server=$!
( read -r _ <&3; kill "$server"; sleep 1; kill -9 "$server" ) 2>/dev/null &
reader=$!
exec 3<&-
wait "$server"
code=$?
kill "$reader" 2>/dev/null
exit "$code"
`

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const agent = () => new Agent({ keepAlive: true, maxSockets: 128 })

// The server looks for credentials but does not check them; one name for all, because DynamoDB Local keeps apart what
// different access keys see.
const authorization =
  'AWS4-HMAC-SHA256 Credential=hub/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0'

const caller =
  (endpoint: URL, connections: Agent) =>
  (target: string, body: Buffer | string): Promise<AwsAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        endpoint,
        {
          method: 'POST',
          agent: connections,
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(body),
            'x-amz-target': target,
            'x-amz-date': '20260101T000000Z',
            authorization,
          },
        },
        incoming => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', () => {
            const headers: Record<string, string> = {}
            for (const name of ['content-type', 'x-amzn-requestid', 'x-amz-crc32']) {
              const value = incoming.headers[name]
              if (typeof value === 'string') headers[name] = value
            }
            resolve({ status: incoming.statusCode ?? 500, headers, body: Buffer.concat(chunks) })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })

const answers = async (call: DynamoDb['call'], child: ChildProcess): Promise<boolean> => {
  for (let tries = 0; tries < 500 && child.exitCode === null; tries++) {
    try {
      const { status } = await call('DynamoDB_20120810.ListTables', '{}')
      // Whoever answers must be our child: on a taken port it has ended by now, or ends within these few milliseconds.
      await wait(2)
      return status === 200 && child.exitCode === null
    } catch {
      await wait(4)
    }
  }
  return false
}

const startOn = async (binary: string, port: number, folder: string, report: Report) => {
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      watcher,
      'sh',
      binary,
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--db-path',
      join(folder, 'dynamodb.sqlite'),
    ],
    // A session of its own: Ctrl-C in the terminal must not end the server under requests in flight.
    { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin' } },
  )
  const lines = linesTo(line => report('info', 'dynamodb', { line }))
  child.stderr?.setEncoding('utf8').on('data', lines)
  const exited = new Promise<void>(resolve => child.once('close', () => resolve()))
  child.once('error', () => {})
  const connections = agent()
  const endpoint = `http://127.0.0.1:${port}/`
  const call = caller(new URL(endpoint), connections)
  const stop = async () => {
    connections.destroy()
    child.stdio[3]?.destroy()
    await exited
  }
  if (await answers(call, child)) return { call, endpoint, stop }
  await stop()
  return undefined
}

/**
 * Starts the server over `<folder>/dynamodb.sqlite`, or uses `foreign`, an endpoint somebody else runs. Throws
 * StartError.
 */
export const startDynamoDb = async (options: {
  folder: string
  foreign: string | undefined
  report: Report
  /** Where programs are looked for, as in PATH; `packaged` is looked for before. */
  path?: string | undefined
  packaged?: string
  /** Told what the operator should know, a line at a time. */
  warn?: ((line: string) => void) | undefined
}): Promise<DynamoDb> => {
  const { report, path, packaged, warn = () => {} } = options
  if (options.foreign) {
    const connections = agent()
    if (!URL.canParse(options.foreign))
      throw new StartError(`HUB_DYNAMODB_ENDPOINT is no URL: ${options.foreign}`)
    const call = caller(new URL(options.foreign), connections)
    await call('DynamoDB_20120810.ListTables', '{}').catch(() => {
      throw new StartError(`nothing answers at HUB_DYNAMODB_ENDPOINT (${options.foreign})`)
    })
    return {
      call,
      endpoint: options.foreign,
      scrubSoon: () => {},
      stop: async () => connections.destroy(),
    }
  }
  const binary = serverProgram({ path, warn, report, ...(packaged !== undefined && { packaged }) })
  const file = join(options.folder, 'dynamodb.sqlite')
  const scrub = scrubber(file, report)
  // A log that is still there was left by a hub that could not stop.
  if (existsSync(`${file}-wal`)) scrub.atRest()
  // Between looking for a free port and the server taking it, another process may.
  for (let tries = 0; tries < 5; tries++) {
    const started = await startOn(binary, await freePort(), options.folder, report)
    if (started)
      return {
        ...started,
        scrubSoon: scrub.soon,
        stop: async () => {
          await started.stop()
          scrub.atRest()
        },
      }
  }
  throw new StartError(`the DynamoDB server does not start over ${options.folder}: see hub.log`)
}
