// Scenes 7 to 9: who did what; what a thief would find on the disk; what lies where.
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { ReferralHeader, Submission } from '../../schemas/referral.ts'
import { logTable } from '../commands/log.ts'
import { actionLabels, type Language } from '../../texts/labels.ts'
import { wallClock } from '../terminal.ts'
import { speaker } from '../../texts/hub.ts'
import type { DemoHub } from './hub.ts'
import { tracesOf } from './people.ts'
import { filesUnder, search } from './search.ts'
import type { Stage } from './stage.ts'
import { places } from './places.ts'

/** The access log as IGM's compliance officer reads it. */
export async function readLog(hub: DemoHub, headers: readonly ReferralHeader[], stage: Stage) {
  const { language } = stage
  stage.scene('log.title')
  stage.tell('log.story')
  await hub.sequence()
  const officer = hub.as('igm-compliance')
  const folios = new Map<string, string>(
    headers.map(({ referralId, folio }) => [referralId, folio]),
  )
  const cell = {
    time: (instant: string) => wallClock(instant).slice(-8),
    referral: (id: string) => folios.get(id) ?? id.slice(-12),
  }
  const show = (entries: readonly AccessLogEntry[]) => {
    stage.line()
    for (const row of logTable(
      entries,
      hub.names,
      { say: speaker(language), language, columns: 90 },
      cell,
    ))
      stage.line(`  ${row}`)
    stage.line()
  }
  const all: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({ limit: 200 })) all.push(entry)
  // The one that was withdrawn after it had been opened.
  const [, second] = headers
  stage.line()
  if (second) {
    stage.tell('log.one', { folio: second.folio })
    show((await officer.accessLog({ referralId: second.referralId })).body.items)
  }
  stage.tell('log.denied')
  const denied = await officer.accessLog({ outcome: 'denied' })
  show(denied.body.items)
  stage.tell('log.counts', { counts: countedBy(all, language) })
  const size = Number(denied.headers.get('access-log-size'))
  const covered = all.filter(({ index = Number.MAX_SAFE_INTEGER }) => index < size)
  stage.check(all.length > 0 && covered.length === all.length, 'log.signed', {
    size,
    count: all.length,
  })
  const releases = all.filter(
    ({ action, outcome }) => action === 'referral.release' && outcome === 'allowed',
  )
  const narrow = releases.filter(({ categories = [] }) => !categories.includes('contact'))
  stage.check(releases.length === 10 && narrow.length === 1, 'log.releases', {
    count: releases.length,
  })
}

function countedBy(entries: readonly AccessLogEntry[], language: Language): string {
  const counts = new Map<string, number>()
  for (const { action } of entries) {
    const name = actionLabels[action][language]
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(' · ')
}

/** Searches all that the hub wrote. The folios show that the search can find: they are meant to be there. */
export async function searchDisk(
  hub: DemoHub,
  people: readonly Submission[],
  headers: readonly ReferralHeader[],
  stage: Stage,
) {
  stage.scene('search.title')
  stage.tell('search.story')
  stage.line()
  const files = [
    ...(await filesUnder(hub.folder)),
    { name: 'hub.log', bytes: Buffer.from(hub.log()) },
  ]
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  const traces = tracesOf(people)
  const hits = search(files, traces)
  const control = headers.filter(
    ({ folio }) => search(files, [{ kind: 'number', person: 0, text: folio }]).length > 0,
  )
  stage.check(control.length === people.length, 'search.control', {
    count: control.length,
    all: people.length,
  })
  stage.check(hits.length === 0, 'search.nothing', {
    traces: traces.length,
    files: files.length,
    kilobytes: Math.round(bytes / 1024),
    hits: hits.length,
  })
  // What was found is not repeated either: its kind, whose, and where.
  for (const { trace, file, offset } of hits)
    stage.line(`    ${trace.kind} · ${trace.person} · ${file} · ${offset}`)
}

/** Tables, queues and keys, and who may open what. */
export function tellPlaces(stage: Stage) {
  stage.scene('places.title')
  stage.tell('places.story')
  stage.rows(
    [stage.say('column.place'), stage.say('column.holds')],
    places.map(({ name, holds }) => [name, holds[stage.language]]),
  )
}
