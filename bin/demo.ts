// The whole story on one screen: `npm run demo [-- --lang es|en]`. Exit codes: 0 everything held · 1 something did not
// · 2 wrong usage · 130 interrupted.
import { parseArgs } from 'node:util'
import { tell } from './demo/tell.ts'
import { inert } from '../texts/inert.ts'
import type { Language } from '../texts/labels.ts'

/** `--lang`, else the language of the terminal when that is English, else Spanish. Nothing when the flag is wrong. */
function languageOf(args: string[]): Language | undefined {
  const environment = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG']
  const usual = environment?.startsWith('en') ? 'en' : 'es'
  try {
    const { lang = usual } = parseArgs({ args, options: { lang: { type: 'string' } } }).values
    return lang === 'es' || lang === 'en' ? lang : undefined
  } catch {
    return undefined
  }
}

// `npm run demo | head` closes the pipe early: the rest is told to nobody, and the hub still stopped.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const language = languageOf(process.argv.slice(2))
if (language === undefined) {
  process.stderr.write(inert('npm run demo [-- --lang es|en]\n'))
  process.exitCode = 2
} else {
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  process.exitCode = await tell({
    language,
    paint: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interrupted: interrupted.signal,
    // Inert already, as the stage makes it.
    write: text => void process.stdout.write(text),
  })
}
