// Logs that somebody chose, to be checked in the browser, and what the command line says of them.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { zipped } from '../../console/src/zip.ts'
import { verdictLines } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { exportedFrom, filled, ownLog } from '../verify/exported-log.ts'
import { copyOf } from '../verify/log-bench.ts'
import { noteSigner, vkeyOf } from '../verify/log-notes.ts'
import { visit } from './browser.ts'
import { checking, knowing } from './checking.ts'

/**
 * Two logs to check, and an officer's browser: the hub's own as it is `exported`, and one like it by a key of the test's
 * own, to be tampered with. Call it while the file is read.
 */
export const logsToCheck = async (name: string) => {
  const hub = await ownHub()
  const officer = await visit(hub.url)
  const folder = temporaryFolder(name)
  const signer = noteSigner()
  const [exported, made] = [join(folder, 'bitacora'), join(folder, 'filled')]
  await exportedFrom(hub, exported, 10)
  copyOf(exported, made, signer)
  filled(hub, made, signer, 10)
  const own = ownLog(made, join(folder, 'own'), signer)
  const start = `${hub.url}/console`
  const vkey = vkeyOf(signer)
  return {
    hub,
    start,
    officer,
    folder,
    exported,
    own,
    signer,
    vkey,
    /** The page, as the compliance officer: without a key of the log, or by the key of the second one. */
    checking: () => checking(officer, start),
    knowing: () => knowing(officer, start, vkey),
  }
}

/** A folder in a ZIP file, as the console exports one. */
export const zipOf = (dir: string) => {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(file => !file.isDirectory())
    .map(file => join(file.parentPath, file.name))
    .map(file => [`${basename(dir)}/${relative(dir, file)}`, readFileSync(file)] as const)
  return {
    name: `${basename(dir)}.zip`,
    mimeType: 'application/zip',
    buffer: Buffer.concat(zipped(new Map(files))),
  }
}

/** As the command line says it, of a key that this browser knows. `name`: what the browser calls the folder. */
export const saidOf = async (
  dir: string,
  {
    vkey,
    now,
    name = basename(dir),
    since,
  }: { vkey: string; now: Date; name?: string; since?: string },
) => {
  const older = since === undefined ? {} : { since }
  const verdict = await verifyFolder(dir, { vkey, now, ...older })
  const trusted = { vkey, by: 'pinned', file: 'este navegador' } as const
  const told = verdict.trusted ? { ...verdict, trusted } : verdict
  // A browser knows no path above what was chosen, and keeps no evidence in it.
  const lines = verdictLines(told, 'es')
    .map(line => line.trim().replace(dir, name))
    .filter(line => !line.startsWith('las dos constancias quedaron'))
  return { verdict, lines }
}
