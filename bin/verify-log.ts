#!/usr/bin/env node
// Verifies an exported access log without the hub: no network, no cloud, nothing but the folder and this machine.
// `node bin/verify-log.ts FOLDER [--since CHECKPOINT] [--max-age HOURS] [--authority NAME] [--lang es|en] [--json]` · exit 0 holds, 1 does not, 2 usage.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { verifyChains } from './verify/chains.ts'
import { verifyCosignatures } from './verify/cosignatures.ts'
import { readEntry, readLeaves, refuseRepeated } from './verify/entries.ts'
import { verifyRequests } from './verify/evidence.ts'
import { bytesOf, refuseOthers, strictText, tilesOf } from './verify/folder.ts'
import { Inconsistent, keepEvidence } from './verify/inconsistent.ts'
import { readKeys } from './verify/keys.ts'
import {
  type Checkpoint,
  type NoteKey,
  readCheckpoint,
  readPolicy,
  readVerifierKey,
} from './verify/note.ts'
import { compareTiles, rootOf } from './verify/tree.ts'
import { Failed, type FailureCode, type Verdict } from './verify/verdict.ts'
import { verdictLines, verifyUsage } from './verify/words.ts'

export type VerifyOptions = {
  /** A file with an older checkpoint of this log: what it covers must still be there, as it was. */
  since?: string
  /** The reader's clock. It has no default here: a verifier that asks the machine passes on one day and fails on the next. */
  now: Date
  /** Milliseconds that the last entry may lie back. Without it, a day is only warned of. */
  maxAgeMs?: number
  /** Other names that the hub has had, beside the one in policy.json: callers sign for the name. */
  authorities?: readonly string[]
}

const day = 86_400_000

/** Verifies a folder that `hub log export` made. Never throws: whatever is in the folder, there is a verdict. */
export function verifyFolder(folder: string, options: VerifyOptions): Verdict {
  try {
    return verified(folder, options)
  } catch (error) {
    if (!(error instanceof Failed)) return { ok: false, code: 'folder-unreadable', detail: folder }
    const { code, detail, index } = error
    const evidence = error instanceof Inconsistent ? keepEvidence(folder, error) : undefined
    return {
      ok: false,
      code,
      detail,
      ...(index === undefined ? {} : { index }),
      ...(evidence === undefined ? {} : { evidence }),
    }
  }
}

/**
 * The order of checks: who signed, what was signed, that it is this, that the callers signed theirs, that it continues what was signed
 * before, by the log alone or countersigned, the chains, the age.
 */
function verified(folder: string, options: VerifyOptions): Verdict {
  const { since, now, maxAgeMs, authorities = [] } = options
  const text = (path: string, missing: FailureCode) =>
    strictText(bytesOf(folder, path, missing)) ?? ''
  const { origin, vkey, hub } = readPolicy(text('policy.json', 'policy-missing'))
  const signer = readVerifierKey(vkey, origin)
  const checkpoint = readCheckpoint(text('checkpoint', 'checkpoint-missing'), signer, 'checkpoint')
  const { size, root, note } = checkpoint

  const places = tilesOf(size)
  const leaves = readLeaves(folder, places)
  const entries = leaves.map(readEntry)
  compareTiles(folder, places, leaves)
  refuseOthers(folder, places)
  if (!rootOf(leaves).equals(root)) throw new Failed('root', root.toString('base64'))
  refuseRepeated(entries)

  const keys = readKeys(text('keys.json', 'keys-missing'))
  const requests = verifyRequests(entries, keys, [hub, ...authorities])
  if (since !== undefined) refuseInconsistent(since, signer, checkpoint, leaves)
  const cosigned = verifyCosignatures(folder, { checkpoint, signer }, leaves, keys)
  const referrals = verifyChains(entries, leaves)

  const newest = entries.reduce<string>((last, { time }) => (time > last ? time : last), '')
  const age = newest === '' ? 0 : now.getTime() - Date.parse(newest)
  if (maxAgeMs !== undefined && age > maxAgeMs) throw new Failed('stale', newest)
  return {
    ok: true,
    origin,
    size,
    root: root.toString('base64'),
    checkpoint: note,
    requests,
    cosigned,
    referrals,
    ...(newest === '' ? {} : { newest }),
    warnings: maxAgeMs === undefined && age > day ? ['old'] : [],
  }
}

/** The older tree must be the beginning of this one: its root is computed from the leaves that are here. */
function refuseInconsistent(
  file: string,
  signer: NoteKey,
  { size, note }: Checkpoint,
  leaves: readonly Buffer[],
): void {
  let text: string | undefined
  try {
    text = strictText(readFileSync(file))
  } catch {
    throw new Failed('since-missing', file)
  }
  const old = readCheckpoint(text ?? '', signer, 'since')
  const sizes = `${old.size} → ${size}`
  if (old.size > size) throw new Inconsistent('rollback', sizes, [old.note, note])
  if (!rootOf(leaves, old.size).equals(old.root))
    throw new Inconsistent('fork', sizes, [old.note, note])
}

/** The command: prints the verdict and returns the exit code. */
function main(args: string[]): number {
  const english = args.some(
    (arg, i) => arg === '--lang=en' || (arg === 'en' && args[i - 1] === '--lang'),
  )
  const usage = () => {
    process.stderr.write(`${verifyUsage[english ? 'en' : 'es']}\n`)
    return 2
  }
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        'max-age': { type: 'string' },
        authority: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string', default: 'es' },
        json: { type: 'boolean', default: false },
      },
    })
    const { since, lang, json, authority, 'max-age': hours } = values
    const [folder, ...more] = positionals
    if (folder === undefined || more.length > 0 || (lang !== 'es' && lang !== 'en')) return usage()
    if (hours !== undefined && !/^\d{1,6}$/.test(hours)) return usage()
    const verdict = verifyFolder(folder, {
      now: new Date(),
      ...(since === undefined ? {} : { since }),
      ...(hours === undefined ? {} : { maxAgeMs: Number(hours) * 3_600_000 }),
      authorities: authority,
    })
    const lines = json ? [JSON.stringify(verdict)] : verdictLines(verdict, lang)
    process.stdout.write(`${lines.join('\n')}\n`)
    return verdict.ok ? 0 : 1
  } catch {
    return usage()
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
