// A local hub says at its start which build of the console it serves, where its log last said another: as a deployed
// one does within a minute (functions/hub/tell-console.ts), and before anybody is served.
import { readFileSync } from 'node:fs'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  accessLogEntry,
  consoleEvidence,
  consoleOccurrence,
  hubActor,
} from '../../events/access-log.ts'
import { accessLog } from '../../functions/aws/access-log/pending.ts'
import { servedConsole } from '../../functions/aws/access-log/served-console.ts'
import { transact } from '../../functions/aws/dynamodb.ts'
import { newId } from '../../functions/aws/runtime.ts'
import { type EntryId, type Instant, type RequestId, Sha256 } from '../../schemas/ids.ts'

/** @param beside a file in the folder that has `served.json` (infra/bundle-hub.ts) */
export const enterConsole = async (
  beside: string,
  at: Instant,
  place: { dynamodb: DynamoDBClient; table: string },
): Promise<void> => {
  const file = readFileSync(new URL('served.json', beside), 'utf8')
  const manifest = Sha256.parse((JSON.parse(file) as { manifest: unknown }).manifest)
  const served = servedConsole(place)
  if ((await served.told()) === manifest) return
  const made = Date.parse(at)
  const entry = accessLogEntry(consoleOccurrence(manifest), {
    id: newId<EntryId>(made),
    time: at,
    actor: hubActor,
    evidence: consoleEvidence(newId<RequestId>(made)),
  })
  await transact(place.dynamodb)([accessLog(place).append(entry, undefined), served.tell(manifest)])
}
