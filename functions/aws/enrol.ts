// What the deployment puts into the Directory: institutions, agreements and first keys. At the local hub's start, and by `hub admin enrol`.
// Nothing that is there is overwritten: it may have been changed since, and a key revoked.
import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { Agreement, DirectoryKey, Institution } from '../../schemas/agreement.ts'
import type { AgreementId, Instant } from '../../schemas/ids.ts'
import { institutionsRow, listKey } from './directory.ts'
import { getRow, settle, toItem } from './dynamodb.ts'

export type Enrolment = {
  institutions: readonly Institution[]
  agreements: readonly Agreement[]
  keys: readonly DirectoryKey[]
}

/** What became of one row: `kept` as it was, for it was there. */
export type Enrolled = {
  what: 'institution' | 'agreement' | 'key'
  id: string
  done: 'added' | 'kept'
}

/**
 * Adds what is missing. With `dryRun` it only reads, and says what it would add.
 *
 * @param at the moment that the history of each new key begins with
 * @throws the SDK's errors; `ConditionalCheckFailedException` for a key of an institution that is not registered
 */
export const enrol = async (
  { institutions, agreements, keys }: Enrolment,
  {
    dynamodb,
    table: TableName,
    at,
    dryRun = false,
  }: { dynamodb: DynamoDBClient; table: string; at: Instant; dryRun?: boolean },
): Promise<Enrolled[]> => {
  const addRow = async (
    what: Enrolled['what'],
    id: string,
    row: Record<string, unknown>,
  ): Promise<Enrolled> => {
    const pk = `${what}#${id}`
    if (dryRun) {
      const there = await getRow(dynamodb, TableName, { pk })
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

  const addKey = async (key: DirectoryKey): Promise<Enrolled> => {
    const history = [{ event: 'enrolled', at, by: 'deployment' }]
    const done = await addRow('key', key.keyid, { ...key, state: 'active', history })
    if (dryRun) return done
    // Also where the row was there: an enrolment that broke off here is completed by the next. Not where it is another institution's.
    const row = await getRow(dynamodb, TableName, { pk: `key#${key.keyid}` })
    if (row?.['institution'] === key.institution) {
      const listed = await settle(() =>
        dynamodb.send(new UpdateItemCommand(listKey(TableName, key).item.Update)),
      )
      if (listed.outcome === 'moved') throw listed.error
    }
    return done
  }

  // Agreements before the institutions that name them, institutions before the keys that are theirs.
  const terms = await Promise.all(
    agreements.map(agreement => addRow('agreement', agreement.agreementId, agreement)),
  )
  const parties = await Promise.all(institutions.map(each => addInstitution(each)))
  return [...terms, ...parties, ...(await Promise.all(keys.map(each => addKey(each))))]
}
