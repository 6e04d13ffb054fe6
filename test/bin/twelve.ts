// Twelve submissions in a file, and a hub that answers them as a test says.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { standIn, type Fixed, type Seen } from './stand-in.ts'

export const id = '019a0000-0000-7000-8000-000000000000'
export const at = '2026-11-21T12:00:00.000Z'
export const header = {
  referralId: id,
  folio: 'REF-0000-0000-0',
  status: 'requested',
  submittedAt: at,
  respondBy: at,
  history: [],
  milestones: [],
  feedback: 'milestones',
  services: [],
  availableTransitions: [],
}

/** Each test of the file has a folder with `twelve.jsonl`, in which `serving` starts a hub; `close` ends it. */
export const twelveToRefer = () => {
  const place = { folder: '', twelve: '', close: () => {} }
  beforeEach(async () => {
    place.folder = await mkdtemp(join(tmpdir(), 'hub-ending-'))
    place.twelve = join(place.folder, 'twelve.jsonl')
    const lines = Array.from({ length: 12 }, (_, n) =>
      JSON.stringify({ externalId: `PRUEBA-${n}` }),
    )
    await writeFile(place.twelve, lines.join('\n'))
  })
  afterEach(async () => {
    place.close()
    await rm(place.folder, { recursive: true, force: true })
  })
  const serving = async (answer: (seen: Seen) => Fixed | Promise<Fixed>) => {
    const started = await standIn(place.folder, answer)
    place.close = started.close
    return started.seen
  }
  return { place, serving }
}
