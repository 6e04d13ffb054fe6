// The console's stylesheet: the GOV.UK Design System's, and behind it its own.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * The stylesheet of the GOV.UK Design System without what is not ours to use outside of GOV.UK, or would be loaded from
 * somewhere: its fonts, and its pictures.
 * @throws Error when something that a browser would load is left
 */
const plainStyle = (css: string): string => {
  const plain = css
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?\s*,\s*arial\s*,\s*sans-serif/gi, 'system-ui,sans-serif')
    .replaceAll(/[\w-]+:url\([^)]*\)[^;}]*;?/g, '')
  const left = /url\(|@import|GDS Transport/i.exec(plain)
  if (left) throw new Error(`the stylesheet still has ${left[0]}`)
  return plain
}

/** The console's stylesheet. */
export const styles = async (): Promise<Uint8Array> => {
  const design = createRequire(import.meta.url).resolve(
    'govuk-frontend/dist/govuk/govuk-frontend.min.css',
  )
  const own = await build({
    entryPoints: [join(import.meta.dirname, 'src/console.css')],
    minify: true,
    write: false,
    logLevel: 'silent',
  })
  const text = `${plainStyle(await readFile(design, 'utf8'))}\n${own.outputFiles[0]?.text ?? ''}`
  return new TextEncoder().encode(text)
}
