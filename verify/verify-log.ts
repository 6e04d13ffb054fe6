#!/usr/bin/env node
// The command: `verify-log FOLDER [--vkey VKEY|FILE] [--since CHECKPOINT] [--max-age HOURS] [--authority NAME]
// [--workers N] [--progress] [--lang es|en] [--json]` Exit 0 holds, 1 does not, 2 not an export, or usage, 3 no
// verdict.
import { parseArgs } from 'node:util'
import { inert } from '../texts/inert.ts'
import type { Language } from '../texts/language.ts'
import { verdictTexts } from '../texts/verdict.ts'
import { NotTrustable } from './trust.ts'
import { exitCodeOf } from './verdict.ts'
import type { Progress } from './progress.ts'
import { ThreadLost } from './threads.ts'
import { verifyTrusting } from './verify-folder.ts'
import { notTrustable, phaseLine, progressLine, unfinished, verdictLines } from './words.ts'

/** Prints the verdict and returns the exit code. */
async function main(args: string[]): Promise<number> {
  const english = args.some(
    (arg, i) => arg === '--lang=en' || (arg === 'en' && args[i - 1] === '--lang'),
  )
  const usage = () => {
    process.stderr.write(`${inert(verdictTexts.usage[english ? 'en' : 'es'])}\n`)
    return 2
  }
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        vkey: { type: 'string' },
        'max-age': { type: 'string' },
        authority: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string', default: 'es' },
        workers: { type: 'string' },
        progress: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const { since, vkey, lang, json, authority, help, workers, 'max-age': hours } = values
    if (help) {
      process.stdout.write(`${inert(verdictTexts.help[english ? 'en' : 'es'])}\n`)
      return 0
    }
    const [folder, ...more] = positionals
    if (folder === undefined || more.length > 0 || (lang !== 'es' && lang !== 'en')) return usage()
    if (hours !== undefined && !/^\d{1,6}$/.test(hours)) return usage()
    if (workers !== undefined && !/^[1-9]\d?$/.test(workers)) return usage()
    const progress = values.progress || process.stderr.isTTY ? progressShown(lang) : undefined
    const verdict = await verifyTrusting(folder, {
      now: new Date(),
      env: process.env,
      ...(vkey === undefined ? {} : { vkey }),
      ...(since === undefined ? {} : { since }),
      ...(hours === undefined ? {} : { maxAgeMs: Number(hours) * 3_600_000 }),
      authorities: authority,
      ...(workers === undefined ? {} : { workers: Number(workers) }),
      ...(progress ? { progress: progress.shown } : {}),
    }).finally(() => progress?.end())
    const lines = json ? [JSON.stringify(verdict)] : verdictLines(verdict, lang)
    process.stdout.write(`${inert(lines.join('\n'))}\n`)
    return exitCodeOf(verdict)
  } catch (error) {
    if (error instanceof ThreadLost) {
      const why = error.message.split('\n', 1)[0] ?? ''
      process.stderr.write(`${inert(unfinished(why, english ? 'en' : 'es'))}\n`)
      return 3
    }
    if (!(error instanceof NotTrustable)) return usage()
    process.stderr.write(`${inert(notTrustable(error, english ? 'en' : 'es'))}\n`)
    return 2
  }
}

/** Writes over its own line, a few times a second at most, and takes it away at the end. */
function progressShown(language: Language): { shown: Progress; end: () => void } {
  const begun = performance.now()
  let last = -Infinity
  return {
    shown: (phase, done, all) => {
      const elapsedMs = performance.now() - begun
      if (phase === 'entries' && done < all && elapsedMs - last < 250) return
      last = elapsedMs
      const line =
        phase === 'entries'
          ? progressLine({ done, all, elapsedMs }, language)
          : phaseLine(phase, language)
      process.stderr.write(`${inert(line)}${process.stderr.isTTY ? '\u001b[K' : ''}\r`)
    },
    end: () =>
      void process.stderr.write(`${inert('')}${process.stderr.isTTY ? '\r\u001b[K' : '\n'}`),
  }
}

/** A reader that had enough (`| head -1`) changes no verdict; output that was lost otherwise is no answer. */
let lost = false
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    lost ||= stream === process.stdout && code !== 'EPIPE'
    if (lost) process.exitCode = 3
  })

const code = await main(process.argv.slice(2))
process.exitCode = lost ? 3 : code
