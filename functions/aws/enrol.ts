// What the deployment puts into the Directory: institutions, agreements and first keys. At the local hub's start, and
// by `hub admin enrol`. Nothing that is there is overwritten: it may have been changed since, and a key revoked. Each
// key comes with its entry of the access log.
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { accessLogEntry, hubActor } from '../../events/access-log.ts'
import { earlierTerms, keyTerms } from '../../events/institution.ts'
import { Refused } from '../../events/refusal.ts'
import type { KeyTerms } from '../../schemas/access-log.ts'
import type { Agreement, DirectoryKey, Institution } from '../../schemas/agreement.ts'
import type { AgreementId, EntryId, Instant, Keyid, RequestId } from '../../schemas/ids.ts'
import { accessLog } from './access-log/pending.ts'
import { directory, institutionsRow, listKey } from './directory.ts'
import { tryLimits } from './deadline.ts'
import { type Write, settle, toItem, transact } from './dynamodb.ts'
import { rowOf } from './known-rows.ts'
import { newId } from './runtime.ts'

export type Enrolment = {
  institutions: readonly Institution[]
  agreements: readonly Agreement[]
  keys: readonly DirectoryKey[]
}

/**
 * What became of one row: `kept` as it was, for it was there. `entered`: a key whose history the log did not have yet.
 */
export type Enrolled = {
  what: 'institution' | 'agreement' | 'key'
  id: string
  done: 'added' | 'kept' | 'entered'
}

/** The SDK's own client: whoever runs an enrolment has credentials and a region in files, or signs in. */
export const operatorsDynamodb = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { ...tryLimits, throwOnRequestTimeout: true },
  })

/** Where the hub keeps what an enrolment writes: the names of its tables. */
type Tables = { table: string; logTable: string }

/** Is there once the log has the history of every key. A hub before 0.2 enrolled keys without entries. */
const historiesRow = { pk: 'key-histories' }

/**
 * Adds what is missing. With `dryRun` it only reads, and says what it would add.
 *
 * @param at the moment that the history of each new key begins with
 * @throws the SDK's errors; Refused `internal` for a key of an institution that is not registered
 */
export const enrol = async (
  { institutions, agreements, keys }: Enrolment,
  {
    dynamodb,
    table: TableName,
    logTable,
    at,
    dryRun = false,
  }: { dynamodb: DynamoDBClient; at: Instant; dryRun?: boolean } & Tables,
): Promise<Enrolled[]> => {
  const addRow = async (
    what: Enrolled['what'],
    id: string,
    row: Record<string, unknown>,
  ): Promise<Enrolled> => {
    const pk = `${what}#${id}`
    if (dryRun) {
      const there = await rowOf(dynamodb, { table: TableName, key: { pk } })
      return { what, id, done: there ? 'kept' : 'added' }
    }
    const { outcome } = await settle(() =>
      dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: toItem({ pk, ...row }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    )
    return { what, id, done: outcome === 'success' ? 'added' : 'kept' }
  }

  const addAgreementTo = ({ code }: Institution, agreementId: AgreementId) =>
    settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: toItem({ pk: `institution#${code}` }),
          UpdateExpression: 'SET agreements = list_append(agreements, :list)',
          ConditionExpression: 'NOT contains(agreements, :one)',
          ExpressionAttributeValues: toItem({ ':list': [agreementId], ':one': agreementId }),
        }),
      ),
    )

  const addInstitution = async (institution: Institution): Promise<Enrolled> => {
    const { code, name } = institution
    const done = await addRow('institution', code, { code, name, agreements: [] })
    if (dryRun) return done
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: toItem(institutionsRow),
          UpdateExpression: 'ADD codes :code',
          ExpressionAttributeValues: toItem({ ':code': new Set([code]) }),
        }),
      ),
    )
    for (const { agreementId, parties } of agreements)
      if (parties.includes(code)) await addAgreementTo(institution, agreementId)
    return done
  }

  const commit = transact(dynamodb)
  const { append } = accessLog({ dynamodb, table: logTable })

  /** The entry of a key that the deployment enrols: the hub's own, for nobody signs it. */
  const entryOf = (subjectKeyid: Keyid, key: KeyTerms): Write => {
    const made = Date.parse(at)
    const entry = accessLogEntry(
      { action: 'key.enrol', outcome: 'allowed', subjectKeyid, key },
      {
        id: newId<EntryId>(made),
        time: at,
        actor: hubActor,
        evidence: { id: newId<RequestId>(made), method: 'DEPLOYMENT', path: '/enrol' },
      },
    )
    return append(entry, undefined)
  }

  /**
   * Enters the keys that were there before the log had key histories, each as it stands; a key twice, if this breaks
   * off.
   */
  const enterEarlier = async (): Promise<Enrolled[]> => {
    if (await rowOf(dynamodb, { table: TableName, key: historiesRow })) return []
    const done: Enrolled[] = []
    const { codes, keyidsOf, readKey } = directory({ dynamodb, table: TableName })
    for (const code of await codes())
      for (const keyid of (await keyidsOf(code)) ?? []) {
        const key = await readKey(keyid)
        if (!key) continue
        done.push({ what: 'key', id: keyid, done: 'entered' })
        if (!dryRun) await commit([entryOf(keyid, earlierTerms(key))])
      }
    if (!dryRun)
      await dynamodb.send(
        new PutItemCommand({ TableName, Item: toItem({ ...historiesRow, enteredAt: at }) }),
      )
    return done
  }

  const addKey = async (given: DirectoryKey): Promise<Enrolled> => {
    const { keyid: id } = given
    const key: DirectoryKey = {
      ...given,
      state: 'active',
      history: [{ event: 'enrolled', at, by: 'deployment' }],
    }
    const row = await rowOf(dynamodb, { table: TableName, key: { pk: `key#${id}` } })
    if (dryRun) return { what: 'key', id, done: row ? 'kept' : 'added' }
    try {
      if (!row) {
        const put = {
          TableName,
          Item: toItem({ pk: `key#${id}`, ...key }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }
        await commit([
          { item: { Put: put }, failed: () => 'key-exists' },
          listKey(TableName, key),
          entryOf(id, keyTerms(key)),
        ])
        return { what: 'key', id, done: 'added' }
      }
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'key-exists')) throw error
    }
    // An enrolment of a hub before 0.2 that broke off here is completed. Not where the key is another institution's.
    if (row?.['institution'] === key.institution) {
      const listed = await settle(() =>
        dynamodb.send(new UpdateItemCommand(listKey(TableName, key).item.Update)),
      )
      if (listed.outcome === 'moved') throw listed.error
    }
    return { what: 'key', id, done: 'kept' }
  }

  // Agreements before the institutions that name them, institutions before the keys that are theirs.
  const terms = await Promise.all(
    agreements.map(agreement => addRow('agreement', agreement.agreementId, agreement)),
  )
  const parties = await Promise.all(institutions.map(each => addInstitution(each)))
  const entered = await enterEarlier()
  const added: Enrolled[] = []
  // One after the other: keys of one institution share its row.
  for (const each of keys) added.push(await addKey(each))
  return [...terms, ...parties, ...entered, ...added]
}
