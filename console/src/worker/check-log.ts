// What the worker runs that checks a log which somebody chose: the command line's verification (verify/judge.ts), over
// the files that the page hands it, or those in a ZIP file. It asks nobody anything.
import type { Progress } from '../../../verify/progress.ts'
import { checkLater, sha256 } from '../../../verify/check-later.ts'
import { chosenFiles } from '../../../verify/chosen-files.ts'
import { judge } from '../../../verify/judge.ts'
import type { Asked, Said } from '../check-log.ts'
import { unzipped, ZipFault } from '../unzip.ts'

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

const read = (held: Blob) => new Uint8Array(new FileReaderSync().readAsArrayBuffer(held))

/** What the older checkpoint says; none where it cannot be read, as where the command line cannot. */
const olderOf = ({ name, held }: { name: string; held: Blob }) => {
  try {
    return { file: name, bytes: read(held) }
  } catch {
    return { file: name, bytes: undefined }
  }
}

const check = async ({ chosen, since, trusted, now }: Asked): Promise<Said> => {
  // A browser that lacks the algorithm would say of every key that it is none.
  await crypto.subtle.importKey('raw', new Uint8Array(32).fill(1), 'Ed25519', false, ['verify'])
  const held = 'zip' in chosen ? await unzipped(chosen.zip) : chosen.files
  const files = chosenFiles(chosen.name, held, read)
  const machine = { files, sha256, checkBundles: checkLater(files) }
  const older = since === undefined ? {} : { since: olderOf(since) }
  return { verdict: await judge(machine, { now, progress: progress(), ...older }, () => trusted) }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  check(data).then(say, (error: unknown) =>
    say(error instanceof ZipFault ? { zip: error.code } : { unable: true }),
  )
})
