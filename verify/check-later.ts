// Checks bundles where there is no crypto but Web Crypto, which answers later: in a browser's worker. A bundle is gone
// through as if each signature held; where one did not, once more with the answers, so that findings come in the same
// order as by Node's own crypto (threads.ts).
import { utf8 } from '../log/bytes.ts'
import { sha256 as digest } from '../log/merkle.ts'
import { verifies, verifyingKey } from '../signatures/algorithms.ts'
import { type CheckedChunk, chunkChecker, type Means } from './chunk.ts'
import type { LogFiles } from './files.ts'
import type { CheckBundles } from './read-log.ts'
import type { Sha256 } from './tree.ts'

export const sha256: Sha256 = bytes => digest(typeof bytes === 'string' ? utf8(bytes) : bytes)

/** Checks bundles of these files, one after the other. */
export const checkLater =
  (files: LogFiles): CheckBundles =>
  async (places, task, take) => {
    let asked: Promise<boolean>[] = []
    let answers: boolean[] | undefined
    const checkedBy: Means['checkedBy'] = (alg, jwk) => {
      const key = verifyingKey(alg, jwk)
      return (data, signature) => {
        if (answers) return answers.shift() === true
        asked.push(key.then(own => verifies(alg, own, { data, signature })))
        return true
      }
    }
    const check = chunkChecker(task, { files, sha256, checkedBy })
    // Behind the first entry that is none only a broken bundle is news.
    let bundleOnly = false
    for (const [n, place] of places.entries()) {
      asked = []
      answers = undefined
      let chunk: CheckedChunk = check(place, bundleOnly)
      const held = await Promise.all(asked)
      if (held.includes(false)) {
        answers = held
        chunk = check(place, bundleOnly)
      }
      bundleOnly ||= (chunk.broken ?? chunk.wrong) !== undefined
      take({ n, chunk })
    }
  }
