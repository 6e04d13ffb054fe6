// Which key the log must be signed by. Never the folder's own word alone: a key that was given, or one that was pinned
// on this machine, outside every export (trust on first use, as with SSH host keys).
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { strictText } from './places.ts'
import { readVerifierKey } from './note.ts'
import { NoVerdict, type Trusted } from './verdict.ts'

/** A key, a file or a pin that is none: wrong usage, not a finding. */
export class NotTrustable extends NoVerdict {
  override readonly name = 'NotTrustable'
  readonly what: 'vkey' | 'pins'
  readonly file: string | undefined

  constructor(what: NotTrustable['what'], file?: string) {
    super(what)
    this.what = what
    this.file = file
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Where keys are pinned: `HUB_LOG_KEYS`, or in the user's own configuration. */
const pinsFile = (env: Environment): string =>
  env['HUB_LOG_KEYS'] ??
  join(
    env['XDG_CONFIG_HOME'] || env['APPDATA'] || join(homedir(), '.config'),
    'referral-hub',
    'log-keys',
  )

/** One line each: the verifier key, a space, what it is pinned for. */
const readPins = (file: string): Map<string, string> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    throw new NotTrustable('pins', file)
  }
  const pins = new Map<string, string>()
  for (const line of text.split('\n').filter(each => each !== '')) {
    const [, vkey, name] = /^(\S+) (.+)$/.exec(line) ?? []
    // A list that cannot be read is never taken for none: that would be to trust again.
    if (vkey === undefined || name === undefined || !isKey(vkey))
      throw new NotTrustable('pins', file)
    pins.set(name, vkey)
  }
  return pins
}

/** What a log's key is pinned for: the hub's name, or of a local hub the folder of the export. */
const nameOf = (hub: string, folder: string): string => {
  if (!isLocal(hub)) return hub
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}

/** The key that is pinned for a log, if one is. @throws NotTrustable where the list of pins cannot be read */
const pinnedKey = (hub: string, folder: string, env: Environment): string | undefined =>
  readPins(pinsFile(env)).get(nameOf(hub, folder))

/**
 * The key that a hub must have for its log to be exported to a folder: of a local hub only where its export is there
 * already.
 */
export const expectedKey = (hub: string, folder: string, env: Environment): string | undefined =>
  isLocal(hub) && !existsSync(join(folder, 'policy.json')) ? undefined : pinnedKey(hub, folder, env)

/** A hub on one's own machine has no name of its own, and is another one in every data folder. */
const isLocal = (hub: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(hub)

/** Pins a log's key. Gives the file, or undefined where it cannot be written. */
export const pinKey = (
  vkey: string,
  { hub, folder, env }: { hub: string; folder: string; env: Environment },
): string | undefined => {
  const file = pinsFile(env)
  const pins = readPins(file).set(nameOf(hub, folder), vkey)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const begun = `${file}.${process.pid}.part`
    const text = [...pins].map(([name, key]) => `${key} ${name}\n`).join('')
    writeFileSync(begun, text, { mode: 0o600, flush: true })
    renameSync(begun, file)
    return file
  } catch {
    return undefined
  }
}

/** A verifier key as it was given: itself, or a file that holds nothing else. @throws NotTrustable for what is none */
export const givenKey = (given: string): string => {
  let text = given
  if (!isKey(given.trim()))
    try {
      text = strictText(readFileSync(given)) ?? ''
    } catch {
      throw new NotTrustable('vkey')
    }
  const vkey = text.replace(/^\ufeff/, '').trim()
  if (!isKey(vkey)) throw new NotTrustable('vkey')
  return vkey
}

const isKey = (vkey: string): boolean => {
  try {
    return readVerifierKey(vkey, vkey.slice(0, vkey.indexOf('+'))).id.length > 0
  } catch {
    return false
  }
}

/**
 * Whom to trust for a folder: who was given, else who is pinned, else, and said so, whom the folder names.
 * @returns a function of the folder's own policy, for `verifyFolder`
 */
export const trusting =
  (folder: string, { given, env }: { given?: string; env: Environment }) =>
  ({ vkey, hub }: { vkey: string; hub: string }): Trusted => {
    if (given !== undefined) return { vkey: given, by: 'given' }
    const pins = readPins(pinsFile(env))
    const pinned = pins.get(nameOf(hub, folder))
    if (pinned !== undefined) return { vkey: pinned, by: 'pinned', file: pinsFile(env) }
    // A copy of a local hub's export: its key is no stranger, though nothing says that it is this folder's.
    const elsewhere = [...pins.values()].includes(vkey)
    return { vkey, by: 'folder', ...(elsewhere ? { file: pinsFile(env) } : {}) }
  }
