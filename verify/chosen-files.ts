// The files of an exported log as somebody chose them in a browser: each by its path, from the folder of the export.
// Nothing of Node.
import type { LogFiles } from './files.ts'

/**
 * @param files whatever holds the bytes of each, by its path
 * @param read the bytes of one; what it throws says that they cannot be read
 */
export const chosenFiles = <Held>(
  name: string,
  files: ReadonlyMap<string, Held>,
  read: (held: Held) => Uint8Array,
): LogFiles => ({
  name,
  names: () => [...new Set([...files.keys()].map(path => path.replace(/\/.*/, '')))],
  below: place => [...files.keys()].filter(path => path.startsWith(`${place}/`)),
  read: path => {
    const held = files.get(path)
    if (held === undefined) return 'missing'
    try {
      return read(held)
    } catch {
      return 'barred'
    }
  },
})
