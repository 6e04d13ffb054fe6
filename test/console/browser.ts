// A real browser before a hub of its own, and what every test of a page asks of it.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/**
 * What a page said or asked for that it must not have: filled as it happens. `errors`: all that the browser tells its
 * user of as an error, refusals of the hub among it: none of these where nothing went wrong.
 */
type Heard = { wrong: string[]; errors: string[] }

export type Visit = { context: BrowserContext; profile: string; heard: Heard }

const launch = (profile: string, width: number, height: number) =>
  chromium.launchPersistentContext(profile, {
    executablePath: process.env['HUB_CHROMIUM'] ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    viewport: { width, height },
    locale: 'es-GT',
    timezoneId: 'America/Guatemala',
  })

/** A browser with a profile of its own. It hears every refusal of the page's policy and every request to elsewhere. */
export const visit = async (url: string, { width = 1280, height = 900 } = {}): Promise<Visit> => {
  const profile = mkdtempSync(join(tmpdir(), 'hub-browser-'))
  const context = await launch(profile, width, height)
  context.setDefaultTimeout(15_000)
  const heard: Heard = { wrong: [], errors: [] }
  context.on('request', request => {
    if (!request.url().startsWith(url)) heard.wrong.push(`asked ${request.url()}`)
  })
  context.on('console', message => {
    // A refusal of the hub is told by the browser too: that is no fault of the page.
    const refusal = /^Failed to load resource: (the server responded|net::ERR_INTERNET)/
    if (!refusal.test(message.text())) heard.wrong.push(`console: ${message.text()}`)
    if (['error', 'warning'].includes(message.type()))
      heard.errors.push(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', event => {
    heard.wrong.push(`error: ${event.error().message}`)
    heard.errors.push(event.error().message)
  })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  afterAll(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })
  return { context, profile, heard }
}

export const opened = async ({ context }: Visit, address: string): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(address)
  return page
}

type Axe = {
  run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** WCAG 2.2 A and AA, and good practice, as far as a program can see it. */
const violationsIn = async (page: Page): Promise<string[]> => {
  // Evaluated by the debugger, which no policy of the page binds.
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    return (await axe.run({ runOnly: tags })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    )
  })
  return found
}

/** What sticks out of the window sideways, and by how much. */
const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth
    return [...document.querySelectorAll('body *')]
      .filter(({ id, className }) => id !== '' || className !== '')
      .map(one => ({ one, right: one.getBoundingClientRect().right }))
      .filter(({ one, right }) => right > wide + 1 && getComputedStyle(one).position !== 'absolute')
      .map(({ one, right }) => `${one.tagName}.${one.className} ${Math.round(right - wide)} px`)
  })

const widths = [320, 768, 1280]

const fits = async (page: Page): Promise<void> => {
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect([width, await overflow(page)]).toEqual([width, []])
  }
  // Text at 200 % (WCAG 1.4.4), as a browser's own setting has it: everything is in rem.
  await page.setViewportSize({ width: 640, height: 900 })
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  expect(['200 %', await overflow(page)]).toEqual(['200 %', []])
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  if (before) await page.setViewportSize(before)
}

/**
 * Dates as programs write them (`1998-03-14`, `2026-11`, RFC 3339) that somebody sees or hears. They may stand in what
 * is held against something else: evidence, commands, ids, what a program is given, and a verdict's own lines.
 */
export const rawDatesIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const technical = '.rh-exact, .rh-id, .rh-code, script, style'
    const raw = /(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d(?:T[\d:.]+Z?)?)?(?![\w-])/g
    const told: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const { parentElement: parent } = node
      if (parent?.checkVisibility() && !parent.closest(technical)) told.push(node.textContent ?? '')
    }
    for (const one of document.querySelectorAll('[aria-label], [title]'))
      told.push(one.getAttribute('aria-label') ?? '', one.getAttribute('title') ?? '')
    return [...told, document.title].flatMap(text => text.match(raw) ?? [])
  })

/** Where a sentence that has its end is gone on with as if it had none: `table.: it does not say`. */
const badlyJoinedIn = async (page: Page): Promise<string[]> =>
  (await page.locator('body').innerText()).match(/\S*[.!?…][:,;.]\s.*/g) ?? []

const other = { es: 'English', en: 'Español' }

/**
 * A page, in the state that it is in, in both languages: for everybody, on every screen, with its title and its tongue.
 */
export const isForEverybody = async (
  page: Page,
  titles: { es: string; en: string },
): Promise<void> => {
  for (const language of ['es', 'en'] as const) {
    const switched = page.getByRole('button', { name: other[language] })
    if ((await switched.count()) === 0)
      await page.getByRole('button', { name: other[language === 'es' ? 'en' : 'es'] }).click()
    // The tongue first: a title may have the other's in it (`Sexo`, `Sex`).
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language)
    await expect.poll(() => page.title()).toContain(titles[language])
    // What is wrong is heard first: with the title.
    const isWrong = (await page.locator('.govuk-error-summary, .govuk-error-message').count()) > 0
    await expect.poll(async () => (await page.title()).startsWith('Error: ')).toBe(isWrong)
    expect([titles[language], await violationsIn(page)]).toEqual([titles[language], []])
    expect([titles[language], await rawDatesIn(page)]).toEqual([titles[language], []])
    expect([titles[language], await badlyJoinedIn(page)]).toEqual([titles[language], []])
    await fits(page)
  }
  await page.getByRole('button', { name: 'Español' }).click()
}

/** Enters as one of the people whom a local hub lends. */
export const enterAs = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Entrar como ${name}`, exact: true }).click()
  await page.getByRole('button', { name: 'Cerrar con llave' }).waitFor()
}

/** Every file of a profile: what a browser keeps is in one of them. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)
