// A port that stays taken while a test goes on: the system may give the next hub the one that the last has left.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** @param url of a server on this machine that has stopped */
export const holdPortOf = async (url: string): Promise<void> => {
  const held = createServer()
  onTestFinished(() => void held.close())
  held.listen(Number(new URL(url).port), '127.0.0.1')
  // Taken by somebody else meanwhile: held all the same.
  await once(held, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
  })
}
