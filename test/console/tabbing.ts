// A page by keyboard alone: every control is reached by Tab, and the focus is somewhere after each key.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The id of what has the focus, and its words: on a button, or by what its label says. */
const focused = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(() => {
    const one = document.activeElement ?? document.body
    const labels = one instanceof HTMLInputElement ? [...(one.labels ?? [])] : []
    const words = labels.length > 0 ? labels.map(label => label.textContent).join(' ') : ''
    return [one.id, (words === '' ? one.textContent : words).trim(), one.ariaLabel ?? undefined]
  })

/** What has just come takes its focus after the next frame; before, and while the page loads, nobody presses a key. */
const settled = async (page: Page): Promise<void> => {
  await expect.poll(() => page.getByText(/^(Cargando|Loading)…$/).count()).toBe(0)
  await page.evaluate(
    () => new Promise(done => void requestAnimationFrame(() => void setTimeout(done, 60))),
  )
}

/** Presses Tab until what has the focus is what is looked for: an id, a label, or the words of a link or button. */
export const tabTo = async (page: Page, looked: string): Promise<void> => {
  await settled(page)
  for (let n = 0; n < 150; n++) {
    if ((await focused(page)).includes(looked)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${looked} on ${page.url()}`)
}

/** Keys for what has the focus: `=…` is typed. */
export const keysOn = async (page: Page, looked: string, ...keys: string[]): Promise<void> => {
  await tabTo(page, looked)
  for (const key of keys)
    if (key.startsWith('=')) await page.keyboard.type(key.slice(1))
    else await page.keyboard.press(key)
}

/** Waits for what is said, and that whoever has pressed a key for it has not lost their place. */
export const saidTo = async (page: Page, words: string | RegExp): Promise<void> => {
  await page.getByText(words).first().waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'nothing'))
    .not.toMatch(/BODY|nothing/)
}

/** Waits until something is there and has taken the focus: keys that are pressed before would go elsewhere. */
export const takesFocus = async (page: Page, role: 'alert' | 'heading', name?: string) => {
  const place = page.getByRole(role, { ...(name !== undefined && { name, exact: true }) }).first()
  await place.waitFor()
  await expect
    .poll(() => place.evaluate(one => document.activeElement?.closest('body *')?.contains(one)))
    .toBe(true)
}

/** Opened, and entered by its button. */
export const entered = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Entrar como ${name}`, exact: true }).waitFor()
  await keysOn(page, `Entrar como ${name}`, 'Enter')
  await page.getByRole('button', { name: 'Cerrar con llave' }).waitFor()
}

/** Of a group of radios, which Tab reaches as one: the choice with these words, by the arrows. */
export const choose = async (page: Page, group: string, words: string): Promise<void> => {
  await keysOn(page, group, ' ')
  for (let n = 0; n < 20; n++) {
    if ((await focused(page)).includes(words)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`the arrows do not lead to ${words} on ${page.url()}`)
}

/** A day (`2026-11-21`) into a date field, whichever of day and month comes first here. */
export const typeDay = async (page: Page, id: string, day: string): Promise<void> => {
  const [year = '', month = '', date = ''] = day.split('-')
  for (const typed of [date + month + year, month + date + year]) {
    await keysOn(page, id, `=${typed}`)
    if ((await page.locator(`#${id}`).inputValue()) === day) return
    while ((await focused(page)).includes(id)) await page.keyboard.press('Shift+Tab')
  }
  throw new Error(`${day} cannot be typed into ${id}`)
}
