// Pictures of the console for docs/screenshots, of a hub of invented people. `npm run screenshots`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { startHub } from '../../infra/local/hub.ts'
import type { Milestone } from '../../schemas/milestone.ts'
import { callerOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { stagesOf } from '../journeys/stages.ts'

const into = join(import.meta.dirname, '../../docs/screenshots')
const data = mkdtempSync(join(tmpdir(), 'hub-screenshots-'))
const today = '2026-11-21'
const hub = await startHub({
  data,
  now: new Date(`${today}T15:00:00.000Z`),
  schedules: false,
  rate: { perSecond: 10_000, burst: 10_000 },
  log: () => {},
})
const place = { url: hub.url, data, aheadMs: hub.aheadMs, hub }
const browser = await chromium.launch({
  executablePath: process.env['HUB_CHROMIUM'] ?? '',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})

/** What has happened before: people who were referred, and how far each came. */
const seed = async () => {
  const { ala, submitted, acknowledged, moved } = await stagesOf(place)
  const came: Milestone[][] = [
    ...Array.from({ length: 9 }, (): Milestone[] => ['profiled', 'enrolled', 'training-completed']),
    ...Array.from({ length: 8 }, (): Milestone[] => ['profiled', 'enrolled']),
    ...Array.from({ length: 7 }, (): Milestone[] => ['profiled']),
    ...Array.from({ length: 6 }, (): Milestone[] => []),
  ]
  for (const [i, milestones] of came.entries()) {
    const { referralId } = await acknowledged(i + 1)
    await moved(referralId, 'accepted')
    for (const milestone of milestones)
      await ala.recordMilestone(referralId, { milestone, on: today })
  }
  for (const [n, priority] of [
    [41, 'urgent'],
    [42, 'routine'],
    [43, 'routine'],
  ] as const)
    await submitted(n, { priority })
  const shown = await submitted(44, { priority: 'stat' })
  const signatory = await callerOf(place, 'igm-signatory')
  await signatory.giveNotice('igm-ala-2026', {
    kind: 'amendment',
    change: { targetPersons: 300 },
  })
  const consented = submissionOf(44).consent as { purposes: { purpose: string }[] }
  await ala.release(shown.referralId, consented.purposes[0]?.purpose as never)
  await hub.invoke('referral-hub-SequenceAccessLog', {})
  const officer = await callerOf(place, 'igm-compliance')
  const [release] = (await officer.accessLog({ action: 'referral.release', limit: 1 })).body.items
  return { referralId: shown.referralId, index: release?.index }
}

/** One page, as one person, at the width of a laptop or of a phone. */
const taken = async (
  name: string,
  address: string,
  {
    as,
    ready,
    wide = 960,
    high = 760,
  }: {
    as?: string
    ready: (page: Page) => Promise<unknown>
    wide?: number
    high?: number
  },
): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width: wide, height: high },
    locale: 'es-GT',
    timezoneId: 'America/Guatemala',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${hub.url}/console${address}`)
  if (as !== undefined)
    await page.getByRole('button', { name: `Entrar como ${as}`, exact: true }).click()
  await ready(page)
  const session = await context.newCDPSession(page)
  const { data: picture } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 70,
  })
  const bytes = Buffer.from(picture, 'base64')
  writeFileSync(join(into, `${name}.webp`), bytes)
  console.log(`docs/screenshots/${name}.webp ${bytes.length} bytes`)
  await context.close()
}

/** Puts what matters at the top of the picture. */
const scrolledTo = async (page: Page, text: string): Promise<void> => {
  const found = page.getByText(text).first()
  await found.waitFor()
  await found.evaluate(one => one.scrollIntoView({ block: 'start' }))
}

try {
  mkdirSync(into, { recursive: true })
  const { referralId, index } = await seed()
  await taken('1-entrar', '', {
    ready: page => page.getByRole('heading', { name: 'Entrar', exact: true }).waitFor(),
    high: 560,
  })
  await taken('2-bandeja', '/bandeja', {
    as: 'ala-intake',
    ready: page => page.getByRole('table').waitFor(),
    high: 820,
  })
  await taken('3-abrir', `/casos/${referralId}`, {
    as: 'ala-intake',
    ready: async page => {
      await page.getByLabel('referencia a formación').check()
      await page.getByRole('button', { name: 'Registrar y abrir' }).click()
      await scrolledTo(page, 'Estos son los datos que la persona autorizó')
    },
  })
  await taken('4-referir', '/referir', {
    as: 'igm-refers',
    ready: async page => {
      await page.getByRole('button', { name: 'Cerrar con llave' }).waitFor()
      await page.locator('main form, main a[href*="referir"]').first().waitFor()
    },
    high: 620,
  })
  await taken('5-bitacora', '/bitacora', {
    as: 'igm-compliance',
    ready: page => page.locator('main ol li').first().waitFor(),
    high: 900,
  })
  await taken('6-comprobado', `/bitacora/${index}`, {
    as: 'igm-compliance',
    ready: async page => {
      await page.getByRole('button', { name: 'Comprobar' }).click()
      await scrolledTo(page, 'Comprobado. La entrada')
    },
    high: 620,
  })
  await taken('7-convenio', '/convenio', {
    as: 'ala-signatory',
    ready: page => page.getByRole('table', { name: 'Plazos' }).waitFor(),
    high: 1000,
  })
  await taken('8-avance', '/avance', {
    as: 'igm-liaison',
    ready: page => page.getByRole('img').waitFor(),
    high: 900,
  })
} finally {
  await browser.close()
  await hub.stop()
  rmSync(data, { recursive: true, force: true })
}
