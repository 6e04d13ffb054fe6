// What a hub serves as its console, held against the build of this repository and against what its log says.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { Sha256 } from '../../schemas/ids.ts'
import type { Fetched } from './served.ts'

const manifestPath = '/console/manifest.json'

/** Where a file of the console can be. */
const FilePath = z
  .string()
  .max(120)
  .regex(/^\/console(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$/)

const Manifest = z.object({
  files: z
    .array(z.object({ path: FilePath, bytes: z.int().nonnegative(), sha256: Sha256 }))
    .max(200),
})
type Manifest = z.infer<typeof Manifest>

/**
 * `altered`: served, and other bytes than the build's · `missing`: of the build, and not served · `unnamed`: of the
 * build, and not in the served manifest · `extra`: in the served manifest, and not of the build · `manifest-missing`,
 * `manifest-malformed`: there is none, or what is there is none · `log-other`: the log says that something else is
 * served · `log-silent`: it does not say what
 */
type Finding = {
  code:
    | 'altered'
    | 'missing'
    | 'unnamed'
    | 'extra'
    | 'manifest-missing'
    | 'manifest-malformed'
    | 'log-other'
    | 'log-silent'
  path: string
}

export type Compared = {
  /** SHA-256 of the served manifest. */
  manifest?: string
  /** Of the build's. */
  built: string
  /** What the log last said, where one is at hand. */
  logged?: string
  files: number
  findings: Finding[]
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** @throws Error where the bytes are no manifest */
const readManifest = (bytes: Uint8Array): Manifest =>
  Manifest.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))

const inManifest = (served: Uint8Array): Manifest | undefined => {
  try {
    return readManifest(served)
  } catch {
    return undefined
  }
}

/** Fetches every file that the build has or the served manifest names, and says what is otherwise than built. */
const compareFiles = async (
  ours: Manifest,
  theirs: Manifest,
  fetched: Fetched,
): Promise<Finding[]> => {
  const built = new Map(ours.files.map(({ path, sha256: digest }) => [path, digest]))
  const named = new Map(theirs.files.map(({ path, sha256: digest }) => [path, digest]))
  const findings: Finding[] = []
  for (const [path, digest] of built) {
    const bytes = await fetched(path)
    if (!named.has(path)) findings.push({ code: 'unnamed', path })
    if (bytes === undefined) findings.push({ code: 'missing', path })
    else if (sha256(bytes) !== digest) findings.push({ code: 'altered', path })
  }
  for (const path of named.keys()) if (!built.has(path)) findings.push({ code: 'extra', path })
  return findings
}

const compareLog = (manifest: string, log: { manifest: string | undefined }): Finding[] => {
  if (log.manifest === undefined) return [{ code: 'log-silent', path: manifestPath }]
  return log.manifest === manifest ? [] : [{ code: 'log-other', path: manifestPath }]
}

/**
 * @param built the manifest of this repository's build
 * @param log what the log last said; left out where none is at hand
 */
export const compareConsole = async (
  built: Uint8Array,
  fetched: Fetched,
  log?: { manifest: string | undefined },
): Promise<Compared> => {
  const ours = readManifest(built)
  const about = {
    built: sha256(built),
    files: ours.files.length,
    ...(log?.manifest === undefined ? {} : { logged: log.manifest }),
  }
  const served = await fetched(manifestPath)
  if (served === undefined)
    return { ...about, findings: [{ code: 'manifest-missing', path: manifestPath }] }
  const manifest = sha256(served)
  const logFindings = log ? compareLog(manifest, log) : []
  const theirs = inManifest(served)
  if (!theirs) {
    const malformed = { code: 'manifest-malformed', path: manifestPath } as const
    return { ...about, manifest, findings: [malformed, ...logFindings] }
  }
  const findings = await compareFiles(ours, theirs, fetched)
  // The same files, and another list of them: its digests or lengths are not theirs.
  if (findings.length === 0 && manifest !== about.built)
    findings.push({ code: 'altered', path: manifestPath })
  return { ...about, manifest, findings: [...findings, ...logFindings] }
}
