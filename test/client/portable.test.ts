// The client is for browsers and Deno too: bundled for a browser, it must need nothing of Node and not the whole of the
// schemas.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('the client needs nothing but the signature library: no module of Node, no zod', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../client/hub-client.ts', import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    // A browser has no node: modules; importing one fails the build.
    platform: 'browser',
    logLevel: 'silent',
  })
  const packages = Object.keys(metafile.inputs)
    .map(file => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
    .filter(name => name !== undefined)
  expect([...new Set(packages)].toSorted((one, other) => one.localeCompare(other))).toEqual([
    'http-message-sig',
    'structured-headers',
  ])
  const [bundle] = outputFiles
  expect(bundle?.text).not.toMatch(/\bBuffer\.|\bprocess\./)
})
