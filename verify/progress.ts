// How far a verification has come, on one line of a terminal that is written over.
import { filled } from '../texts/filled.ts'
import type { Language } from '../texts/language.ts'
import { verifying } from './words.ts'

const leftOf = (done: number, all: number, elapsedMs: number): string => {
  const seconds = Math.ceil(((elapsedMs / Math.max(1, done)) * (all - done)) / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `  12000 of 1000000 entries · 1 % · 1 min 20 s left` */
export const progressLine = (
  { done, all, elapsedMs }: { done: number; all: number; elapsedMs: number },
  language: Language,
): string =>
  filled(verifying[language], {
    done,
    all,
    percent: all === 0 ? 100 : Math.floor((done / all) * 100),
    left: leftOf(done, all, elapsedMs),
  })
