// A program of `bin` or `verify` in one file, for tests that start it as a process, and often: stripping the types of
// 250 files again each time would be most of their time.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const kept = join(root, 'node_modules/.cache/programs')
const sources = {
  hub: 'bin/hub.ts',
  conformance: 'bin/conformance.ts',
  'verify-log': 'verify/verify-log.ts',
} as const

export type Program = keyof typeof sources

const programs = new Map<Program, Promise<string>>()

/**
 * The file that runs the program as it is now; the same file as long as the program is the same, so that Node compiles
 * it once.
 */
export function bundled(program: Program): Promise<string> {
  const known = programs.get(program) ?? built(program)
  programs.set(program, known)
  return known
}

async function built(program: Program): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, sources[program])],
    bundle: true,
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    plugins: [placed],
    // What a program imports is not what was started.
    define: { 'import.meta.main': 'false' },
    // Packages in CommonJS ask for Node's own modules that way.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  const text = outputFiles[0]?.text ?? ''
  const name = `${program}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`
  const file = join(kept, name)
  if (!existsSync(file)) {
    mkdirSync(kept, { recursive: true })
    const begun = `${file}.${process.pid}`
    writeFileSync(begun, text)
    renameSync(begun, file)
    forgetOld()
  }
  return file
}

/** A file that looks for others beside it finds them where it was. */
const placed: Plugin = {
  name: 'placed',
  setup: building =>
    building.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const url = JSON.stringify(pathToFileURL(path).href)
      const contents = source
        .replaceAll('import.meta.url', url)
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
      return { contents, loader: 'ts' }
    }),
}

/**
 * All but the last programs: more than one run at a time may need. What is old is so by the others, and by no clock.
 */
function forgetOld() {
  const writtenAt = (name: string) =>
    statSync(join(kept, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const names = readdirSync(kept).toSorted((a, b) => writtenAt(b) - writtenAt(a))
  for (const name of names.slice(30)) rmSync(join(kept, name), { force: true })
}
