// The whole story on one screen: `npm run demo [-- --lang es|en]`. Starts a hub in this process, tells, checks, ends by itself.
// Exit codes: 0 everything held · 1 something did not · 2 wrong usage · 130 interrupted.
import { parseArgs } from 'node:util'
import { readLog, searchDisk, tellPlaces } from './demo/audit.ts'
import { answerThem, readAnswers } from './demo/answer.ts'
import { demoHub } from './demo/hub.ts'
import { elevenPeople } from './demo/people.ts'
import { openInbox, referTen } from './demo/refer.ts'
import { refuseThem } from './demo/refuse.ts'
import { stageOn } from './demo/stage.ts'
import { withdrawThem } from './demo/withdraw.ts'
import { verifyLog } from './demo/verify.ts'
import type { ReferralHeader } from '../schemas/referral.ts'
import { inert } from '../texts/inert.ts'
import type { Language } from '../texts/labels.ts'
import { wallClock } from './terminal.ts'

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

async function tell(language: Language): Promise<number> {
  const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  // The stage makes all of it inert.
  const stage = stageOn(text => void process.stdout.write(text), language, paint)
  // An interrupt lets the scene under way finish, so that the hub is stopped and its folder removed.
  let interrupted = false
  process.once('SIGINT', () => (interrupted = true))
  stage.title(stage.say('title'))
  stage.line()
  stage.tell('intro')
  const start = performance.now()
  const hub = await demoHub(language)
  try {
    stage.line()
    stage.tell('clock', { when: wallClock(hub.now().toISOString()) })
    const people = await elevenPeople()
    const headers: ReferralHeader[] = []
    const scenes = [
      async () => headers.push(...(await referTen(hub, people.slice(0, 10), stage))),
      () => openInbox(hub, stage),
      () => answerThem(hub, headers, stage),
      () => readAnswers(hub, headers, stage),
      async () => headers.push(await withdrawThem(hub, people, headers, stage)),
      () => refuseThem(hub, people, headers, stage),
      () => readLog(hub, headers, stage),
      () => searchDisk(hub, people, headers, stage),
      () => verifyLog(hub, stage),
      async () => tellPlaces(stage),
    ]
    for (const scene of scenes) if (!interrupted) await scene()
  } finally {
    await hub.stop()
  }
  if (interrupted) return 130
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const { failures } = stage
  stage.tell(failures === 0 ? 'end.good' : 'end.bad', { failures, seconds })
  stage.tell('end.next')
  return failures === 0 ? 0 : 1
}

// `npm run demo | head` closes the pipe early: the rest is told to nobody, and the hub still stopped.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const language = languageOf(process.argv.slice(2))
if (language === undefined) {
  process.stderr.write(inert('npm run demo [-- --lang es|en]\n'))
  process.exitCode = 2
} else process.exitCode = await tell(language)
