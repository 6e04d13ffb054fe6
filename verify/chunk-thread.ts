// What a thread of threads.ts runs: it is given bundles and answers what it found.
import { parentPort, workerData } from 'node:worker_threads'
import { chunkChecker } from './chunk.ts'
import { filesOf } from './folder.ts'
import { checkedBy, sha256 } from './signature.ts'
import type { Answer, Asked, Given } from './threads.ts'

const { folder, task } = workerData as Given
const check = chunkChecker(task, { files: filesOf(folder), sha256, checkedBy })
parentPort?.on('message', ({ n, place, bundleOnly }: Asked) => {
  const chunk = check(place, bundleOnly)
  const { hashes, evidences, effects } = chunk
  const answer: Answer = { n, chunk }
  parentPort?.postMessage(answer, [hashes.buffer, evidences.buffer, effects.buffer])
})
