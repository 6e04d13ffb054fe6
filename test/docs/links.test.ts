// Every link of the documents leads somewhere: to a file or folder of the repository, and to a heading that is there.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const documents = globSync('**/*.md', {
  cwd: root,
  exclude: path => ['node_modules', 'cdk.out', 'dist'].includes(basename(path)),
})
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** Targets of inline links and of reference definitions; code is no link. */
const linksOf = (text: string): string[] => {
  const prose = text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
  return [
    ...[...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
    ...[...prose.matchAll(/^\[[^\]]+\]: (\S+)$/gm)].map(([, target = '']) => target),
  ].filter(target => !/^[a-z]+:/.test(target))
}

/** As forges make them: lower case, without punctuation, blanks as hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

const isDead = (document: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? document : relative(root, join(root, dirname(document), path))
  if (!existsSync(join(root, target))) return true
  return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor)
}

test.each(documents)('%s', document => {
  expect(linksOf(textOf(document)).filter(link => isDead(document, link))).toEqual([])
})

test('a link to nothing is seen', () => {
  const links = linksOf(
    '[a](no-such.md) [b](README.md#no-such) [c](README.md) `[d](x)`\n[e]: no-such.ts\n',
  )
  expect(links.filter(link => isDead('README.md', link))).toEqual([
    'no-such.md',
    'README.md#no-such',
    'no-such.ts',
  ])
})
