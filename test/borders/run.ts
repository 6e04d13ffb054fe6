// npm run borders: every import of the checkout against the table.
import { join } from 'node:path'
import { violationsIn } from './cruise.ts'

const shown = ({ from, to }: { from: string; to: string }) =>
  from === to ? from : `${from} → ${to}`
const found = await violationsIn(join(import.meta.dirname, '../..'))
for (const one of found) console.error(`${shown(one)}: ${one.rule}`)
if (found.length > 0) {
  console.error('Which folder may import what: test/borders/table.ts')
  process.exitCode = 1
} else console.log('borders: every import is one that its row names')
