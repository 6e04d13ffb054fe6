// What the worker runs that checks a log which somebody chose: the command line's verification (verify/judge.ts), over
// the files that the page hands it. It asks nobody anything.
import type { Progress } from '../../../verify/progress.ts'
import { checkLater, sha256 } from '../../../verify/check-later.ts'
import { chosenFiles } from '../../../verify/chosen-files.ts'
import { judge } from '../../../verify/judge.ts'
import type { Asked, Said } from '../check-log.ts'

/** In workers alone: at once, as the verification reads. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer
}

const say = (said: Said): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin.
  postMessage(said)
}

/** Told twice a second at most while entries are read. */
const progress = (): Progress => {
  let last = -Infinity
  return (phase, done, all) => {
    const at = performance.now()
    if (phase === 'entries' && done < all && at - last < 500) return
    last = at
    say({ phase, done, all })
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { name, files: held, trusted, now } = data
  const reader = new FileReaderSync()
  const files = chosenFiles(name, held, blob => new Uint8Array(reader.readAsArrayBuffer(blob)))
  const check = async () => {
    // A browser that lacks the algorithm would say of every key that it is none.
    await crypto.subtle.importKey('raw', new Uint8Array(32).fill(1), 'Ed25519', false, ['verify'])
    const machine = { files, sha256, checkBundles: checkLater(files) }
    return judge(machine, { now, progress: progress() }, () => trusted)
  }
  check().then(
    verdict => say({ verdict }),
    () => say({ unable: true }),
  )
})
