// The embedded DynamoDB server's program: npm brings it for Linux x64; elsewhere the one that its own package or
// Homebrew put on the PATH.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { StartError } from './data-folder.ts'
import type { Report } from './log.ts'

/** The version that everything here was tested with (package.json, optionalDependencies). */
export const programVersion = '1.2.1'

/** How to get it where npm brings none; the README names the same commands. */
export const installCommand = `npm install -g dynoxide@${programVersion}`

export type Lookup = {
  /** The packaged program, as `require` would name it. */
  packaged?: string
  /** Folders, as in PATH. */
  path: string | undefined
  platform?: NodeJS.Platform
  /** Told when another version than ours is used. */
  warn: (line: string) => void
  report: Report
}

/**
 * The program to start. On the PATH `dynoxide` is looked for; another version than ours is used, and said aloud.
 * Throws StartError with the command that installs one.
 */
export const serverProgram = (lookup: Lookup): string => {
  const { packaged = '@dynoxide/linux-x64/dynoxide', path = '', warn, report } = lookup
  try {
    return createRequire(import.meta.url).resolve(packaged)
  } catch {
    const found = onPath(path, lookup.platform ?? process.platform)
    if (found === undefined) throw new StartError(missing)
    const version = versionOf(found)
    report('info', 'dynamodb-program', { file: found, version })
    if (version !== programVersion)
      warn(
        `${found} is version ${version}; this hub was tested with ${programVersion}: ${installCommand}`,
      )
    return found
  }
}

const missing =
  `there is no DynamoDB server for this system: install one with "${installCommand}" ` +
  '(or "brew install nubo-db/tap/dynoxide") and start again; or name a running DynamoDB-compatible server in ' +
  'HUB_DYNAMODB_ENDPOINT, e.g. http://127.0.0.1:8000'

const onPath = (path: string, platform: NodeJS.Platform): string | undefined => {
  const names = platform === 'win32' ? ['dynoxide.exe'] : ['dynoxide']
  return path
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => names.map(name => join(folder, name)))
    .find(isProgram)
}

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** `dynoxide 1.2.1` → `1.2.1`. Throws StartError when it does not say. */
const versionOf = (file: string): string => {
  try {
    const said = execFileSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 })
    const version = /^dynoxide (\d+\.\d+\.\d+\S*)/.exec(said)?.[1]
    if (version !== undefined) return version
  } catch {
    // Said below.
  }
  throw new StartError(
    `${file} does not start, or is another program: install it again with "${installCommand}"`,
  )
}
