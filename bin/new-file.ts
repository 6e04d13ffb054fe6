// A file that a command was asked to make: never over one that is there.
import { writeFile } from 'node:fs/promises'
import { UsageError } from './usage.ts'

/** @throws UsageError when it exists or cannot be written */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new UsageError(exists ? 'usage.out-exists' : 'usage.unwritable-file')
  }
}
