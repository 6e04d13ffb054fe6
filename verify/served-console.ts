// Which build of the console an exported log says is served: of its entries that say so, the last. For a folder that
// has been verified: nothing is checked here but the form of what is read.
import { readEntry } from './entries.ts'
import { bytesOf } from './files.ts'
import { filesOf } from './folder.ts'
import { entriesOf, tilesOf } from './places.ts'

/** The digest of the manifest; undefined where no entry says. @param size of the log, as the verdict has it */
export const servedConsole = (folder: string, size: number): string | undefined => {
  const files = filesOf(folder)
  const bundles = tilesOf(size).filter(({ level }) => level === 'entries')
  for (const place of bundles.toReversed()) {
    const first = place.n * 256
    const leaves = entriesOf(bytesOf(files, place.path, 'bundle-missing', first), place)
    for (const [i, leaf] of [...leaves.entries()].toReversed()) {
      const { buffer, byteOffset, length } = leaf
      if (!Buffer.from(buffer, byteOffset, length).includes('"hub.console"')) continue
      const { action, console: served } = readEntry(leaf, first + i)
      if (action === 'hub.console' && served) return served.manifest
    }
  }
  return undefined
}
