// What a log last said is served as the console, once that log has been verified: one that was exported before, or the
// hub's own as it is now.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { servedConsole } from '../verify/served-console.ts'
import { ThreadLost } from '../verify/threads.ts'
import { expectedKey, NotTrustable } from '../verify/trust.ts'
import { Failed } from '../verify/verdict.ts'
import { verifyTrusting } from '../verify/verify-folder.ts'
import { type ConnectOptions, connect, readHubFile } from './connect.ts'
import { exportLog } from './export-log.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage.ts'

/** `manifest`: none, where no entry says. `bad`: why the log says nothing that could be believed. */
export type Logged = { manifest: string | undefined } | { bad: string }

/** @param vkey C2SP signed-note verifier key, or a file with one; else the key that is pinned here */
export const loggedIn = async (
  folder: string,
  vkey: string | undefined,
  { env }: Terminal,
): Promise<Logged> => {
  try {
    const verdict = await verifyTrusting(folder, {
      now: new Date(),
      env,
      ...(vkey === undefined ? {} : { vkey }),
    })
    return verdict.ok ? { manifest: servedConsole(folder, verdict.size) } : { bad: verdict.code }
  } catch (error) {
    if (error instanceof ThreadLost) return { bad: 'unfinished' }
    if (error instanceof NotTrustable) return { bad: 'vkey' }
    throw error
  }
}

/** Whose key the log is asked for with: an officer's, by its file or by its name in a local hub's hub.json. */
const officerAt = async (
  hub: URL,
  { hub: folder, as, key, authority }: ConnectOptions,
): Promise<ConnectOptions> => {
  const named = as === undefined ? undefined : await readHubFile(folder)
  const known = named?.keys.find(({ name }) => name === as)
  if (named && !known)
    throw new UsageError('usage.no-such-key', {
      names: named.keys.map(({ name }) => name).join(', '),
    })
  const file = key ?? (known && resolve(folder, known.file))
  const host = authority ?? named?.authority
  return {
    hub: hub.origin,
    ...(file === undefined ? {} : { key: file }),
    ...(host === undefined ? {} : { authority: host }),
  }
}

/**
 * The whole log as it is now, read by its API and verified as an export is, which no query could be: what an officer is
 * shown of it, and what not, is the hub's to choose. Nothing of it is kept.
 */
export const loggedAt = async (
  hub: URL,
  options: ConnectOptions,
  { vkey, terminal }: { vkey: string | undefined; terminal: Terminal },
): Promise<Logged> => {
  const connecting = await officerAt(hub, options)
  const { client, authority } = await connect(connecting, 'igm-compliance', terminal)
  const folder = await mkdtemp(join(tmpdir(), 'hub-log-'))
  try {
    const expected = expectedKey(authority, folder, terminal.env)
    const own = await exportLog(client, folder, { hub: authority, expected })
    // A hub on this machine has no key that could be known from before.
    const local = hub.protocol === 'http:' ? own.vkey : undefined
    return await loggedIn(folder, vkey ?? local, terminal)
  } catch (error) {
    if (error instanceof NotTrustable) return { bad: 'pins' }
    if (error instanceof Failed) return { bad: error.code }
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
