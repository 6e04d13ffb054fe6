// Files that are imported when they are needed (build.ts) are fetched first: where an import fails, a browser may keep
// that for as long as the page is there, and never asks for the file again.
import { HubUnreachable } from '../../client/refusal.ts'

const listed = document.querySelector<HTMLMetaElement>('meta[name="later"]')?.content ?? '{}'
/** By the name of an imported module: its file, and those that it imports in turn. */
const filesOf = JSON.parse(listed) as Readonly<Record<string, readonly string[]>>
const here = new Set<string>()

const fetched = async (file: string): Promise<void> => {
  if (here.has(file)) return
  const answer = await fetch(`/console/${file}`)
  if (!answer.ok) throw new Error(`${answer.status} ${file}`)
  // All of it: from now on the browser's cache has it.
  await answer.arrayBuffer()
  here.add(file)
}

/**
 * What `load` imports, once all of its files have come.
 *
 * @param name of the module: `pages/home.tsx` is `home`
 * @throws HubUnreachable where one has not come; asked again it may
 */
export const arrived = async <Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module> => {
  try {
    await Promise.all((filesOf[name] ?? []).map(fetched))
    return await load()
  } catch (cause) {
    throw new HubUnreachable(cause)
  }
}
