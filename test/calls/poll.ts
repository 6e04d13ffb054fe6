// What asking for messages costs where there are none: what an idle pull calls, and what placing its entry takes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub } from '../../infra/local/hub.ts'
import { callerOf } from '../journeys/callers.ts'
import { everyFunction } from '../every-function.ts'
import { type Counted, countingEndpoint } from './counter.ts'

/** So many are placed together: as 40 institutions leave in a minute that ask every 60 seconds. */
const many = 40

export type Idle = {
  /** A pull that is answered at once, without messages. */
  readonly asks: readonly Counted[]
  /** One that waits first. */
  readonly waits: readonly Counted[]
  /** The pass of the log that places the entries of `many`. */
  readonly places: readonly Counted[]
  readonly many: number
}

export const countIdle = async (): Promise<Idle> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-idle-'))
  const counter = countingEndpoint()
  const hub = await startHub({
    warm: everyFunction,
    port: 0,
    data,
    now: new Date('2026-11-21T12:00:00.000Z'),
    log: () => {},
    around: counter.around,
    schedules: false,
  })
  try {
    const ala = await callerOf({ url: hub.url, data, aheadMs: hub.aheadMs }, 'ala-system')
    const pull = (waitSeconds: number) => ala.pull({ waitSeconds })
    const place = () => hub.invoke('referral-hub-SequenceAccessLog', {})
    await pull(1)
    await place()
    const [, asks] = await counter.during(0, () => pull(0))
    const [, waits] = await counter.during(0, () => pull(1))
    await place()
    for (let n = 0; n < many; n++) await pull(0)
    const [, places] = await counter.during(0, place)
    return { asks, waits, places, many }
  } finally {
    await hub.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
