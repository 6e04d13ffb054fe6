// Every npm script that the README and the documents name is one that package.json has.
import { readFileSync, readdirSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const known = new Set([...Object.keys(scripts), 'ci', 'cit', 'install'])
const documents = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.md'),
)
const files = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'client/README.md',
  'verify/README.md',
  ...documents.map(name => `docs/${name}`),
]
const unknown = files.flatMap(file =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:[`\n]|&& |\| )npm (?:run\s+)?(?:-s )?([a-z][a-z:-]*)/g,
    ),
  ]
    .filter(([, script]) => !known.has(script))
    .map(([command]) => `${file}: ${command.trim()}`),
)
if (unknown.length > 0) {
  console.error(`named in a document, but no script of package.json:\n${unknown.join('\n')}`)
  process.exit(1)
}
console.log(`${files.length} documents name only scripts that exist`)
