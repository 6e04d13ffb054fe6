// The Directory: institutions, the keys that sign for them, and the agreements between them.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Agreement, DirectoryKey, type Institution } from '../../schemas/agreement.ts'
import { AgreementId, type InstitutionCode, Keyid } from '../../schemas/ids.ts'
import { getRow, toItem } from './dynamodb.ts'

const stored = <T extends z.ZodRawShape>(shape: z.ZodObject<T>) => shape.extend({ pk: z.string() })
const InstitutionRow = z.strictObject({
  pk: z.string(),
  code: z.string(),
  name: z.string(),
  agreements: z.array(AgreementId),
  keyids: z.set(Keyid).optional(),
})

export type Directory = ReturnType<typeof directory>

export const directory = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => {
  const put = (row: Record<string, unknown>) =>
    dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(row) }))

  /**
   * The key a request claims to be signed by, as it stands now. Read consistently at every request, not cached: a revocation
   * takes effect on the next request, and no transaction has to touch a row that all requests of a key share.
   */
  const findKey = async (keyid: Keyid): Promise<DirectoryKey | undefined> => {
    const row = await getRow(dynamodb, table, { pk: `key#${keyid}` })
    if (!row) return undefined
    const { pk: _, ...key } = stored(DirectoryKey).parse(row)
    return key
  }

  return {
    findKey,

    findAgreement: async (agreementId: AgreementId): Promise<Agreement | undefined> => {
      const row = await getRow(dynamodb, table, { pk: `agreement#${agreementId}` })
      if (!row) return undefined
      const { pk: _, ...agreement } = stored(Agreement).parse(row)
      return agreement
    },

    /** The agreements that an institution is party to. */
    agreementsOf: async (institution: InstitutionCode): Promise<AgreementId[]> => {
      const row = await getRow(dynamodb, table, { pk: `institution#${institution}` })
      return row ? InstitutionRow.parse(row).agreements : []
    },

    /** All keys of an institution, past and present; undefined for one that is not registered. */
    keysOf: async (institution: InstitutionCode): Promise<DirectoryKey[] | undefined> => {
      const row = await getRow(dynamodb, table, { pk: `institution#${institution}` })
      if (!row) return undefined
      const keyids = [...(InstitutionRow.parse(row).keyids ?? [])].toSorted()
      const keys = await Promise.all(keyids.map(keyid => findKey(keyid)))
      return keys.filter(key => key !== undefined)
    },

    enrolInstitution: async (
      { code, name }: Institution,
      agreements: AgreementId[],
    ): Promise<void> => {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: `institution#${code}` }),
          UpdateExpression: 'SET code = :code, #name = :name, agreements = :agreements',
          ExpressionAttributeNames: { '#name': 'name' },
          ExpressionAttributeValues: toItem({
            ':code': code,
            ':name': name,
            ':agreements': agreements,
          }),
        }),
      )
    },

    enrolAgreement: async (agreement: Agreement): Promise<void> => {
      await put({ pk: `agreement#${agreement.agreementId}`, ...agreement })
    },

    /** Adds a key. One that is there stays as it is: enrolling again never takes back a revocation. */
    enrolKey: async (key: DirectoryKey): Promise<void> => {
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: toItem({ pk: `key#${key.keyid}`, ...key }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        )
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
      }
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: `institution#${key.institution}` }),
          UpdateExpression: 'ADD keyids :keyid',
          ExpressionAttributeValues: toItem({ ':keyid': new Set([key.keyid]) }),
        }),
      )
    },
  }
}
