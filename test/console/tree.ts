// A page as a screen reader is told of it: Chromium's accessibility tree, and what is announced without being looked
// for.
import type { BrowserContext, Page } from 'playwright-core'

type Value = { value?: unknown } | undefined
type Node = {
  nodeId: string
  parentId?: string
  childIds?: string[]
  ignored: boolean
  backendDOMNodeId?: number
  role?: Value
  name?: Value
  description?: Value
  properties?: { name: string; value: { value?: unknown } }[]
}

/** What somebody must be able to tell from others by its name alone. */
const named = [
  'link',
  'button',
  'textbox',
  'searchbox',
  'checkbox',
  'radio',
  'combobox',
  'spinbutton',
  'Date',
  'image',
  'img',
  'table',
  'group',
  'radiogroup',
  'region',
  'navigation',
  'heading',
  'columnheader',
  'rowheader',
]

const textOf = (value: Value): string =>
  typeof value?.value === 'string' ? value.value.replaceAll(/\s+/g, ' ').trim() : ''
const roleOf = ({ role }: Node) => textOf(role)
const propertyOf = ({ properties = [] }: Node, wanted: string): unknown =>
  properties.find(({ name }) => name === wanted)?.value.value

export type Spoken = {
  /** `h1 Bandeja`, in the order of the page. */
  headings: string[]
  /** `navigation Menú`, in the order of the page. */
  landmarks: string[]
  /** `radio urgente (urgent: 3 días)`: what can be done, with its description. */
  controls: string[]
  /** What a listener could not make sense of; none, on a page as it should be. */
  faults: string[]
}

const landmarkRoles = ['banner', 'navigation', 'main', 'region', 'contentinfo']
const controlRoles = ['link', 'button', 'textbox', 'checkbox', 'radio', 'combobox', 'Date']

/** Levels go down one at a time; what stands above the page's own heading is the summary of its errors. */
const headingFaults = (headings: readonly Node[]): string[] => {
  const levels = headings.map(one => Number(propertyOf(one, 'level')))
  const jumps = levels.flatMap((level, n) =>
    level > (levels[n - 1] ?? 1) + 1 ? [`a heading leaps to level ${level}`] : [],
  )
  const firsts = levels.filter(level => level === 1).length
  return firsts === 1 ? jumps : [...jumps, `${firsts} headings of level 1`]
}

const repeated = (names: readonly string[]) => names.filter((name, n) => names.indexOf(name) !== n)

/** The page as it is now. */
export const spokenOf = async (page: Page): Promise<Spoken> => {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] }
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const aboveOf = (node: Node): Node[] => {
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId)
    return parent ? [parent, ...aboveOf(parent)] : []
  }
  const seen = nodes.filter(({ ignored }) => !ignored)
  const those = (...roles: string[]) => seen.filter(node => roles.includes(roleOf(node)))
  const said = (node: Node) => `${roleOf(node)} ${textOf(node.name)}`
  const landmarks = those(...landmarkRoles)
  const isDetails = async ({ backendDOMNodeId }: Node): Promise<boolean> => {
    const about = { backendNodeId: backendDOMNodeId ?? 0 }
    const { node } = await session.send('DOM.describeNode', about)
    return node.nodeName === 'DETAILS'
  }
  const nameless: Node[] = []
  for (const node of those(...named).filter(({ name }) => textOf(name) === ''))
    // A `details` is a group too (HTML-AAM), which is told by what opens it.
    if (!(await isDetails(node))) nameless.push(node)
  // A choice means nothing without what it is a choice of.
  const alone = those('radio').filter(
    node =>
      !aboveOf(node).some(
        one => ['group', 'radiogroup'].includes(roleOf(one)) && textOf(one.name) !== '',
      ),
  )
  const untold = seen.filter(
    node => propertyOf(node, 'invalid') === 'true' && !/Error:/.test(textOf(node.description)),
  )
  const headings = those('heading')
  await session.detach()
  return {
    headings: headings.map(one => `h${String(propertyOf(one, 'level'))} ${textOf(one.name)}`),
    landmarks: landmarks.map(said),
    controls: those(...controlRoles).map(node => {
      const description = textOf(node.description)
      return description === '' ? said(node) : `${said(node)} (${description})`
    }),
    faults: [
      ...nameless.map(node => `${roleOf(node)} without a name`),
      ...alone.map(node => `${said(node)} is a choice of nothing`),
      ...untold.map(node => `${said(node)} is wrong, and nobody is told why`),
      ...headingFaults(headings),
      ...(['banner', 'main'] as const).flatMap(role =>
        those(role).length === 1 ? [] : [`${those(role).length} of ${role}`],
      ),
      ...repeated(landmarks.map(said)).map(name => `two of ${name}`),
      ...repeated(those('table').map(said)).map(name => `two of ${name}`),
    ],
  }
}

/**
 * From now on pages keep what is told without being looked for: what changes in a live region that was there before (a
 * region that comes with its text is told by few readers), an alert as it comes, and what takes the focus.
 */
export const listening = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const regions = '[role=status],[role=alert],[aria-live]'
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    const known = new WeakSet<Element>()
    const tell = (how: string, one: Element) => {
      const text = (one as HTMLElement).innerText?.replaceAll(/\s+/g, ' ').trim()
      if (text) heard.push(`${how}: ${text}`)
    }
    const took = (node: globalThis.Node) => {
      if (!(node instanceof Element)) return
      const within = [node, ...node.querySelectorAll(regions)].filter(one => one.matches(regions))
      for (const one of within) {
        if (one.matches('[role=alert]')) tell('alert', one)
        // Known to a reader once it has been there for a moment.
        setTimeout(() => known.add(one), 0)
      }
    }
    new MutationObserver(changes => {
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest(regions)
        if (region && known.has(region)) tell('status', region)
        addedNodes.forEach(took)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof Element) tell('focus', target)
    })
  })

/** What was told since it was last asked for. */
export const heardOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0))
