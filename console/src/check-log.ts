// Has a log that somebody chose checked on this computer: by a worker, so that the page stays awake, and by nobody
// else.
import type { Progress } from '../../verify/progress.ts'
import type { Trusted, Verdict } from '../../verify/verdict.ts'
import type { ZipCode } from './unzip.ts'

/** Files by their path, from the folder of the export; or a ZIP file that they are in. */
export type Chosen =
  | { name: string; files: ReadonlyMap<string, Blob> }
  | { name: string; zip: Blob }
export type Asked = {
  chosen: Chosen
  /** An older checkpoint of this log. */
  since?: { name: string; held: Blob } | undefined
  trusted: Trusted
  now: Date
}
/** `unable`: this browser cannot, or the worker ended before its work did. It says nothing of the log. */
export type Outcome = { verdict: Verdict } | { zip: ZipCode } | { unable: true }
export type Said = { phase: Parameters<Progress>[0]; done: number; all: number } | Outcome

/** Where the hub serves what the worker runs: its name has its digest (build.ts). */
declare const workerFile: string

type ScriptUrl = string & { readonly trusted: true }
declare const trustedTypes:
  | undefined
  | {
      createPolicy: (
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ) => { createScriptURL: (url: string) => ScriptUrl }
    }

/** The page's policy has this name and no other (functions/console), and this lets one file through. */
const policy = (typeof trustedTypes === 'undefined' ? undefined : trustedTypes)?.createPolicy(
  'referral-hub',
  {
    createScriptURL: url => {
      if (url !== workerFile) throw new TypeError(url)
      return url
    },
  },
)

export const checkLog = (
  asked: Asked,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<Outcome> => {
  const worker = new Worker(policy?.createScriptURL(workerFile) ?? workerFile, { type: 'module' })
  return new Promise<Outcome>(resolve => {
    const unable = () => resolve({ unable: true })
    worker.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if ('phase' in data) progress(data.phase, data.done, data.all)
      else resolve(data)
    })
    worker.addEventListener('error', unable)
    worker.addEventListener('messageerror', unable)
    signal.addEventListener('abort', unable)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin.
    worker.postMessage(asked)
  }).finally(() => worker.terminate())
}

/** What was chosen, without the name of the folder that it lies in; nothing where nothing was. */
export const folderIn = (list: FileList | null): Chosen | undefined => {
  const all = [...(list ?? [])]
  const [name = ''] = all[0]?.webkitRelativePath.split('/') ?? []
  if (name === '') return undefined
  const files = all.map(file => [file.webkitRelativePath.slice(name.length + 1), file] as const)
  return { name, files: new Map(files) }
}
