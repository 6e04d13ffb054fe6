// What a thread of threads.ts runs: it is given bundles and answers what it found.
import { parentPort, workerData } from 'node:worker_threads'
import { chunkChecker, type Task } from './chunk.ts'
import type { Answer, Asked } from './threads.ts'

const check = chunkChecker(workerData as Task)
parentPort?.on('message', ({ n, place, bundleOnly }: Asked) => {
  const chunk = check(place, bundleOnly)
  const { hashes, evidences, effects } = chunk
  const answer: Answer = { n, chunk }
  parentPort?.postMessage(answer, [hashes.buffer, evidences.buffer, effects.buffer])
})
