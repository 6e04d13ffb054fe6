// An auditor reads the verifier before trusting it: what it needs of this repository is held here, folder by folder and
// in number.
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('the verifier needs the log, the profile, the shapes and its words: 77 files, nothing of the hub', async () => {
  const { metafile } = await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: ['verify/verify-log.ts', 'verify/chunk-thread.ts'],
    outdir: 'none',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  const files = Object.keys(metafile.inputs)
  const folders = new Set(files.map(file => file.split('/')[0]))
  expect(folders).toEqual(new Set(['log', 'schemas', 'signatures', 'texts', 'verify']))
  expect(files.length).toBeLessThanOrEqual(77)
})
