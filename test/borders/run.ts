// npm run borders: every import of the checkout against the table.
import { join } from 'node:path'
import { violationsIn } from './cruise.ts'

/** Imports that are about to go: each is refused as soon as it comes back. */
const leaving = new Set([
  'bin/commands/admin.ts → functions/aws/dynamodb.ts',
  'bin/commands/admin.ts → functions/aws/enrol.ts',
  'bin/commands/admin.ts → functions/aws/runtime.ts',
  'bin/confirm.ts → bin/terminal.ts',
  'bin/csv/cells.ts → bin/usage.ts',
  'bin/csv/records.ts → bin/usage.ts',
  'bin/field-errors.ts → texts/hub.ts',
  'bin/json-records.ts → functions/http/json.ts',
  'bin/refer/check.ts → functions/http/problem.ts',
  'bin/sign-check/explain.ts → functions/http/request.ts',
  'texts/csv.ts → bin/csv/records.ts',
  'texts/hub.ts → bin/field-errors.ts',
  'texts/log-sheet.ts → bin/log-sheet/sheet.ts',
])

const shown = ({ from, to }: { from: string; to: string }) =>
  from === to ? from : `${from} → ${to}`
const found = await violationsIn(join(import.meta.dirname, '../..'))
const refused = found.filter(one => !leaving.has(shown(one)))
const gone = [...leaving].filter(one => !found.some(other => shown(other) === one))
for (const one of refused) console.error(`${shown(one)}: ${one.rule}`)
for (const one of gone)
  console.error(`${one}: has gone; take it out of the list of those about to go`)
if (refused.length + gone.length > 0) {
  console.error('Which folder may import what: test/borders/table.ts')
  process.exitCode = 1
} else console.log('borders: every import is one that its row names')
