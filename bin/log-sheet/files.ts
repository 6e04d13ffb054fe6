// Writes what a command made, to new files only: all of them or none.
import { access, open, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { UsageError } from '../usage.ts'

/** The text of each format, made for the file it is to be in. */
export type Formats = Record<string, (file: string) => string>

/**
 * The files that `--out` asks for: one by its extension, or without one each format under that name.
 * @param out what was typed, or the usual name
 * @throws UsageError for an extension that is none of the formats
 */
export const filesOf = (
  out: string,
  formats: readonly string[],
): { file: string; as: string }[] => {
  const extension = extname(out).slice(1).toLowerCase()
  if (formats.includes(extension)) return [{ file: out, as: extension }]
  if (extension !== '' && /^[a-z]{2,5}$/.test(extension))
    throw new UsageError('usage.sheet-format', {
      formats: formats.map(format => `.${format}`).join(', '),
    })
  return formats.map(as => ({ file: `${out}.${as}`, as }))
}

/** @throws UsageError when one of them exists: asked before anything is fetched, and again by the writing itself */
export const refuseExisting = async (files: readonly { file: string }[]): Promise<void> => {
  for (const { file } of files) {
    const there = await access(file).then(
      () => true,
      () => false,
    )
    if (there) throw new UsageError('usage.sheet-exists', { file })
  }
}

/** @throws UsageError when one cannot be written; then none is left */
export const writeNew = async (
  files: readonly { file: string; as: string }[],
  formats: Formats,
): Promise<string[]> => {
  const written: string[] = []
  for (const { file, as } of files) {
    try {
      const handle = await open(file, 'wx', 0o600)
      written.push(file)
      try {
        await handle.writeFile(formats[as]?.(file) ?? '')
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      await Promise.all(written.map(one => rm(one, { force: true })))
      const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      throw new UsageError(exists ? 'usage.sheet-exists' : 'usage.sheet-unwritable', { file })
    }
  }
  return written
}
