// Runs what a template says on this machine: stores, keys, queues, tables, functions, routes and schedules. The
// template may be any that template.ts can read; hub.ts runs the hub's.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Around, startAwsEndpoint } from './aws-endpoint.ts'
import { keyShapes, readDeployment, readQueues, readStorageKeys } from './deployment.ts'
import { startDynamoDb } from './dynamodb.ts'
import type { Faults } from './faults.ts'
import { type Serving, startGateway } from './gateway.ts'
import { resolver } from './intrinsics.ts'
import { keyArn, KeyShape, openKeyFile } from './key-file.ts'
import { kmsOver } from './kms.ts'
import { type Log, reportTo } from './log.ts'
import { namesIn, queueArn, region, tableArn } from './names.ts'
import { type Allow, authorizer } from './policies.ts'
import { destroyedIn, provisionTables, readTables, sweepExpired } from './provision.ts'
import { router } from './routes.ts'
import { repeat, startSchedules } from './schedules.ts'
import { openSqs } from './sqs.ts'
import type { Template } from './template.ts'
import { startWorkers } from './workers.ts'

export type MachineOptions = {
  template: Promise<Template>
  /** What is loaded for the handler's module that the template calls `entry`: a file: URL. */
  moduleOf: (entry: string) => string
  port: number
  /** Where tables, queues and keys are kept. */
  folder: string
  /** How far ahead of the machine's the clock of everything in it runs. */
  clockOffsetMs: number
  log: Log
  /** Told what the operator should know, a line at a time. */
  warn?: ((line: string) => void) | undefined
  /** A further condition on every call of a role, for tests. */
  allow?: Allow
  /** Stands between the functions and the AWS endpoint, for tests. */
  around?: Around
  /** Without its schedules nothing in it runs by itself, for tests that count. */
  schedules?: boolean
  /** How many threads may wait for calls. */
  warm?: number | undefined
  /** What AWS has and one machine has not (faults.ts). */
  faults?: Faults | undefined
}

const sweepEveryMs = 5 * 60_000

/** What an AWS SDK client needs to do anything at all here: `new KMSClient(machine.aws)`. */
export type AwsAccess = {
  region: string
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
}

/** Faults stand where a region would: what a test has put in front sees what they are answered with. */
const aroundOf = ({ around, faults }: MachineOptions): Around | undefined =>
  around && faults
    ? (call, pass) => around(call, body => faults.around({ ...call, body }, pass))
    : (around ?? faults?.around)

/** Things that were started, stopped in the opposite order. */
const startedThings = () => {
  const stops: (() => Promise<unknown> | void)[] = []
  return {
    started: <T extends { stop: () => Promise<unknown> }>(thing: T): T => {
      stops.push(() => thing.stop())
      return thing
    },
    stop: async () => {
      for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
    },
  }
}

/**
 * Starts everything but the doors: they open with `serve`. Throws StartError for what the operator can change. `stop`
 * lets requests in flight finish.
 */
export const startMachine = async (options: MachineOptions) => {
  const { folder, clockOffsetMs, log } = options
  const { started, stop } = startedThings()
  const now = () => new Date(Date.now() + clockOffsetMs)
  const report = reportTo(log, now)
  // It may fail while nobody waits for it yet, or any more.
  options.template.catch(() => {})
  try {
    const gateway = started(await startGateway(options.port))
    const dynamodb = started(
      await startDynamoDb({
        folder,
        foreign: process.env['HUB_DYNAMODB_ENDPOINT'],
        report,
        path: process.env['PATH'],
        warn: options.warn,
      }),
    )
    const sqs = started(await openSqs(join(folder, 'queues')))
    const template = await options.template
    const keys = openKeyFile(join(folder, 'kms.json'), () => now().getTime())
    const kms = kmsOver(keys, () => now().getTime())
    const endpoint = started(
      await startAwsEndpoint({ dynamodb, sqs, kms, report, around: aroundOf(options) }),
    )

    const keyArns = new Map(
      keyShapes(template).map(([id, shape]) => [id, keys.ensure(id, KeyShape.parse(shape))]),
    )
    const places = { url: gateway.url, awsEndpoint: endpoint.url, keyArns }
    const resolve = resolver(namesIn(template, places))
    const { functions, routes, schedules } = readDeployment(template, resolve)
    const queues = readQueues(template, resolve)
    const tables = readTables(template, resolve)
    const route = router(routes)

    const sessionToken = randomBytes(24).toString('base64url')
    const admin = `admin${randomBytes(8).toString('hex')}`
    endpoint.admit({
      ...authorizer(
        template,
        resolve,
        keyArns,
        url => queueArn(url.slice(url.lastIndexOf('/') + 1)),
        options.allow,
      ),
      sessionToken,
      admin,
      destroyedIn: new Set(destroyedIn(tables).map(name => tableArn(name))),
      storageKeys: readStorageKeys(template, resolve, key => keyArn(keys.find(key)?.keyId ?? key)),
    })
    const aws: AwsAccess = {
      region,
      endpoint: endpoint.url,
      credentials: { accessKeyId: admin, secretAccessKey: 'local', sessionToken },
    }
    const client = new DynamoDBClient(aws)
    await provisionTables(client, tables)
    for (const queue of queues) await sqs.ensure(queue, queue.url)

    const workers = started(
      startWorkers({
        functions,
        moduleOf: options.moduleOf,
        awsEndpoint: endpoint.url,
        sessionToken,
        clockOffsetMs,
        log,
        report,
        warm: options.warm,
        oneEach: options.faults !== undefined,
        isCold: options.faults?.isCold,
      }),
    )
    const scheduled = new Set(schedules.map(each => each.function))
    const { faults } = options
    const invoke = async (name: string, event: unknown): Promise<unknown> => {
      const isTwice = scheduled.has(name) && faults?.isDoubled()
      const runs = [workers.invoke(name, event), ...(isTwice ? [workers.invoke(name, event)] : [])]
      const [first] = await Promise.allSettled(runs)
      if (first?.status === 'rejected') throw first.reason
      return first?.value
    }
    let stopped: Promise<void> | undefined
    return {
      url: gateway.url,
      authority: gateway.authority,
      aws,
      dynamodb: client,
      nameOf: (id: string): string => String(resolve({ Ref: id })),
      invoke,
      renew: workers.renew,
      kill: workers.kill,
      shorten: workers.shorten,
      indexed: async () => faults?.indexed(),
      /** Opens the doors. `beside`: what this machine answers beside the template. */
      serve: (beside?: Serving['beside']) => {
        if (options.schedules !== false) started(startSchedules(schedules, invoke, now, report))
        const sweep = () => sweepExpired(client, tables, now().getTime())
        started(repeat('expired-rows', sweepEveryMs, sweep, { report }))
        gateway.serve({
          route,
          workers,
          buckets: new Map(),
          authority: gateway.authority,
          now,
          report,
          beside,
        })
      },
      stop: () =>
        (stopped ??= (async () => {
          sqs.drain()
          await gateway.stop()
          await stop()
          client.destroy()
        })()),
    }
  } catch (error) {
    await stop()
    throw error
  }
}
