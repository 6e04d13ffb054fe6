// Scene 8: the officer takes the log along and verifies it without the hub; then somebody changes one word of it.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportLog } from '../export-log.ts'
import { verifyFolder } from '../../verify/verify-log.ts'
import { entriesOf, tilesOf } from '../../verify/folder.ts'
import { verdictLines } from '../../verify/words.ts'
import type { DemoHub } from './hub.ts'
import type { Stage } from './stage.ts'

/** Exports, verifies, tampers with a copy, verifies again. */
export async function verifyLog(hub: DemoHub, stage: Stage) {
  stage.scene('verify.title')
  stage.tell('verify.story')
  stage.line()
  const place = await mkdtemp(join(tmpdir(), 'referral-hub-demo-log-'))
  try {
    const [honest, copy] = [join(place, 'log'), join(place, 'copy')]
    await hub.sequence()
    const { size } = await exportLog(hub.as('igm-compliance'), honest, {
      hub: hub.authority,
      now: hub.now,
    })
    const verdict = await verifyFolder(honest, { now: hub.now() })
    stage.check(verdict.ok, 'verify.holds', {
      size,
      requests: verdict.ok ? verdict.requests : 0,
    })
    await cp(honest, copy, { recursive: true })
    const changed = await changeOne(copy, size)
    const second = await verifyFolder(copy, { now: hub.now() })
    stage.line()
    stage.tell('verify.tamper', { index: changed })
    for (const line of verdictLines(second, stage.language)) stage.line(`    ${line}`)
    stage.check(!second.ok && second.index === changed, 'verify.found', { index: changed })
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** Makes the first refusal on record a mere failure, as somebody would who has something to hide. */
async function changeOne(folder: string, size: number): Promise<number> {
  const [was, is] = ['"outcome":"denied"', '"outcome":"failed"']
  let found = -1
  for (const bundle of tilesOf(size).filter(({ level }) => level === 'entries')) {
    const file = join(folder, bundle.path)
    const bytes = await readFile(file)
    const within = entriesOf(bytes, bundle).findIndex(entry => entry.includes(was))
    if (within < 0) continue
    found = bundle.n * 256 + within
    // As long as before, so that nothing but this one word changes.
    bytes.write(is, bytes.indexOf(was))
    await writeFile(file, bytes)
    break
  }
  return found
}
