// The local hub: the deployed template over a data folder, with keys for its callers and a directory that knows them.
import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defaultRate, type Rate } from '../../events/rate.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import type { HubName } from '../../schemas/hub-name.ts'
import type { Instant } from '../../schemas/ids.ts'
import { DeclaredError, agreements, institutions } from '../declared.ts'
import { FirstKeysError, firstKeys } from '../first-keys.ts'
import type { Around } from './aws-endpoint.ts'
import { buildApart } from './build-apart.ts'
import { builtFolder, moduleOf } from './built.ts'
import { consoleKeys } from './console-keys.ts'
import { StartError, lockFolder } from './data-folder.ts'
import { faultsBySeed } from './faults.ts'
import { enterFirst } from './first-entries.ts'
import { keptName } from './kept-name.ts'
import { type Log, openLog } from './log.ts'
import { type AwsAccess, startMachine } from './machine.ts'
import type { Allow } from './policies.ts'
import { ensureSigningKeys, type LocalKey, writeHubFile } from './signing-keys.ts'
import { hubTemplate, synthesize } from './template.ts'
import type { Restored } from '../exports.ts'

export type HubOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  /** The data folder. Without it a temporary one, which is gone after the stop. */
  data?: string
  /** Tables, queues and keys in a temporary folder; nothing that this run made stays in `data`. */
  ephemeral?: boolean
  /** Where the hub's clock starts. It runs on from there. */
  now?: Date
  /** How fast one key may go. Without it as deployed by default. */
  rate?: Rate
  /** The folder with institutions and agreements. Without it infra/agreements, as deployed. */
  declared?: string
  /** Tables of `data` that stand in for those of the template, as restored ones do in a stage's file. For tests. */
  restored?: Restored
  /** A file with first keys (first-keys.ts), enrolled beside those of hub.json. */
  enrol?: string
  /**
   * Asked of each call that a role's statements allow; what it answers false is refused, as if its statement were not
   * there. For tests.
   */
  allow?: Allow
  /** Stands between the functions and the AWS endpoint: sees every call, may hold it up. For tests that count. */
  around?: Around
  /** False: nothing runs by the clock, only what `invoke` runs. For tests that count. */
  schedules?: boolean
  /** How many functions keep their threads, 40 MiB each. Without it few enough for a small machine (workers.ts). */
  warm?: number
  /**
   * A seed: the hub then meets conflicts, throttles, lost answers, cold starts, late indexes and schedules that fire
   * twice, and each instance of a function has one call at a time (faults.ts).
   */
  faults?: number
  /** Takes the operational log, line by line. Without it `<data>/hub.log` does. */
  log?: Log
  /** Told what the operator should know before the hub serves, a line at a time. */
  warn?: (line: string) => void
}

export type Hub = {
  url: string
  authority: string
  data: string
  keys: LocalKey[]
  /** How far ahead of the machine's clock the hub's is. */
  aheadMs: number
  /** For an AWS SDK client that may do anything, e.g. to look into a table in a test. */
  aws: AwsAccess
  /** The name of the table, the URL of the queue or the id of the key that the template calls `logicalId`. */
  nameOf: (logicalId: string) => string
  /** Runs a function as its schedule would, and waits for it: `referral-hub-RelayOutbox`. */
  invoke: (functionName: string, event: unknown) => Promise<unknown>
  /** Gives a function a new instance at its next call, as Lambda does when it likes. */
  renew: (functionName: string) => void
  /** Ends a function's instance in the middle of whatever it is at, as a crash would. */
  kill: (functionName: string) => Promise<void>
  /** Gives the next calls of a function so many milliseconds; undefined gives them the template’s time again. */
  shorten: (functionName: string, timeoutMs: number | undefined) => void
  /** Waits until every index has what was written before: with `faults` they are late, as on AWS. */
  indexed: () => Promise<void>
  /** Lets requests in flight finish, then ends everything that was started. */
  stop: () => Promise<void>
}

const written = ['hub.json', 'hub.log', 'hub.lock', 'hub.lock-journal', 'keys']

/** What an ephemeral hub takes away with it: of `data` only what was not there before. */
const tracesIn = (data: string) => {
  const folderExisted = existsSync(data)
  const traces = written.filter(name => !existsSync(join(data, name)))
  return () => {
    for (const name of traces) rmSync(join(data, name), { recursive: true, force: true })
    try {
      if (!folderExisted) rmdirSync(data)
    } catch {
      // Somebody put a file there: it is theirs.
    }
  }
}

const firstKeysIn = async (
  { enrol: file, declared }: Pick<HubOptions, 'enrol' | 'declared'>,
  now: Instant,
): Promise<DirectoryKey[]> => {
  try {
    return file === undefined ? [] : await firstKeys(readFileSync(file, 'utf8'), now, declared)
  } catch (error) {
    const where = error instanceof FirstKeysError ? ` (${error.message})` : ''
    throw new StartError(`cannot enrol the keys of ${file}: no usable list of public keys${where}`)
  }
}

/** Read before anything is made or written. */
const declaredIn = (folder: string | undefined) => {
  try {
    return { institutions: institutions(folder), agreements: agreements(folder) }
  } catch (error) {
    throw error instanceof DeclaredError ? new StartError(error.message) : error
  }
}

/** What a hub is made of: what this process was told of (built.ts), or built now, into `folder`. */
const makingOf = (
  folder: string,
  name: HubName,
  { rate, declared, restored }: Pick<HubOptions, 'rate' | 'declared' | 'restored'>,
) =>
  builtFolder() === undefined && restored === undefined
    ? buildApart(folder, rate ?? defaultRate, { name, declared })
    : {
        template:
          declared === undefined && restored === undefined
            ? hubTemplate(rate, name)
            : synthesize(rate, name, { declared, restored }),
        moduleOf,
        remove: async () => {},
      }

/**
 * Starts a hub on 127.0.0.1 and returns once it serves. Several may run in one process. Throws StartError for what the
 * operator can change.
 */
export const startHub = async (options: HubOptions = {}): Promise<Hub> => {
  const declared = declaredIn(options.declared)
  const ephemeral = options.ephemeral ?? options.data === undefined
  const data = resolve(options.data ?? mkdtempSync(join(tmpdir(), 'referral-hub-')))
  const removeTraces = ephemeral ? tracesIn(data) : () => {}
  const lock = lockFolder(data)
  const folder = ephemeral ? mkdtempSync(join(tmpdir(), 'referral-hub-stores-')) : data
  const file = options.log ? undefined : openLog(join(data, 'hub.log'))
  const log = options.log ?? file?.log ?? (() => {})
  let made: ReturnType<typeof makingOf> | undefined
  const leave = async () => {
    await made?.remove()
    await file?.close()
    lock.release()
    if (ephemeral) rmSync(folder, { recursive: true, force: true })
    removeTraces()
    if (options.data === undefined) rmSync(data, { recursive: true, force: true })
  }
  const clockOffsetMs = options.now ? options.now.getTime() - Date.now() : 0
  try {
    made = makingOf(join(folder, 'built'), keptName(folder), options)
    const machine = await startMachine({
      template: made.template,
      moduleOf: made.moduleOf,
      port: options.port ?? 0,
      folder,
      clockOffsetMs,
      log,
      warn: options.warn,
      ...(options.allow && { allow: options.allow }),
      ...(options.around && { around: options.around }),
      schedules: options.schedules ?? true,
      warm: options.warm,
      ...(options.faults !== undefined && { faults: faultsBySeed(options.faults) }),
    })
    const { url, authority, aws } = machine
    let stopped: Promise<void> | undefined
    const stopOnce = async () => {
      try {
        await machine.stop()
      } finally {
        await leave()
      }
    }
    const stop = () => (stopped ??= stopOnce())
    try {
      const signing = await ensureSigningKeys(data)
      const keys = signing.map(({ key }) => key)
      const at = new Date(Date.now() + clockOffsetMs).toISOString() as Instant
      const first = [...signing.map(each => each.enrol), ...(await firstKeysIn(options, at))]
      const enrolKeys = await enterFirst(
        machine,
        { ...declared, keys: first },
        { at, console: made.moduleOf('functions/hub/run-due-work.ts') },
      )
      const enrolNow = (key: DirectoryKey) =>
        enrolKeys([key], new Date(Date.now() + clockOffsetMs).toISOString() as Instant)
      machine.serve(consoleKeys(data, authority, enrolNow))
      writeHubFile(data, { url, authority, keys })
      return {
        url,
        authority,
        data,
        keys,
        aheadMs: clockOffsetMs,
        aws,
        nameOf: machine.nameOf,
        invoke: machine.invoke,
        renew: machine.renew,
        kill: machine.kill,
        shorten: machine.shorten,
        indexed: machine.indexed,
        stop,
      }
    } catch (error) {
      await machine.stop()
      throw error
    }
  } catch (error) {
    await leave()
    throw error
  }
}
