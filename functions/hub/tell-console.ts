// What the hub serves as its console is an entry of the log when it is another build than before: whoever deploys can
// swap the page, but not unseen. The function that serves it may do nothing in AWS; so the clock's work says it, by
// what was bundled with both (infra/bundle-hub.ts).
import { readFileSync } from 'node:fs'
import { consoleEvidence, consoleOccurrence, hubActor } from '../../events/access-log.ts'
import type { RequestId, Sha256 } from '../../schemas/ids.ts'
import type { servedConsole } from '../aws/access-log/served-console.ts'
import { log, newId } from '../aws/runtime.ts'
import { type CommitDeps, commit } from '../effects/commit.ts'

type Deps = CommitDeps & { console: ReturnType<typeof servedConsole> }

/** Says which build is served, unless the log last said the same. */
const tellConsole = async (manifest: Sha256, deps: Deps): Promise<void> => {
  if ((await deps.console.told()) === manifest) return
  await commit(
    { occurrences: [consoleOccurrence(manifest)], writes: [deps.console.tell(manifest)] },
    { actor: hubActor, evidence: consoleEvidence(newId<RequestId>()) },
    deps,
  )
}

/**
 * As `tellConsole`, once in an instance; where it fails, again at its next run: nothing else waits for it.
 *
 * @param file has `{ manifest }`, the digest of what was bundled
 */
export const consoleTeller = (file: URL): ((deps: Deps) => Promise<void>) => {
  let told = false
  return async deps => {
    if (told) return
    try {
      const { manifest } = JSON.parse(readFileSync(file, 'utf8')) as { manifest: Sha256 }
      await tellConsole(manifest, deps)
      told = true
    } catch (error) {
      log('warn', 'console-told-later', { error: error instanceof Error ? error.name : 'unknown' })
    }
  }
}
