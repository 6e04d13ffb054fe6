// The Directory: institutions, the keys that sign for them, and the agreements between them.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Agreement, DirectoryKey, type Institution } from '../../schemas/agreement.ts'
import { AgreementId, type InstitutionCode, type Keyid } from '../../schemas/ids.ts'
import { getRow, toItem } from './dynamodb.ts'

const stored = <T extends z.ZodRawShape>(shape: z.ZodObject<T>) => shape.extend({ pk: z.string() })
const InstitutionRow = z.strictObject({
  pk: z.string(),
  code: z.string(),
  name: z.string(),
  agreements: z.array(AgreementId),
})

export type Directory = ReturnType<typeof directory>

export const directory = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => {
  const put = (row: Record<string, unknown>) =>
    dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(row) }))

  return {
    /**
     * The key a request claims to be signed by, as it stands now. Read consistently at every request, not cached: a revocation
     * takes effect on the next request, and no transaction has to touch a row that all requests of a key share.
     */
    findKey: async (keyid: Keyid): Promise<DirectoryKey | undefined> => {
      const row = await getRow(dynamodb, table, { pk: `key#${keyid}` })
      if (!row) return undefined
      const { pk: _, ...key } = stored(DirectoryKey).parse(row)
      return key
    },

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

    enrolInstitution: async (
      institution: Institution,
      agreements: AgreementId[],
    ): Promise<void> => {
      await put({ pk: `institution#${institution.code}`, ...institution, agreements })
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
    },
  }
}
