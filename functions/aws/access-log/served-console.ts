// Which build of the console the log last said is served: a row of the AccessLog table, beside the entries.
import * as z from 'zod'
import { Sha256 } from '../../../schemas/ids.ts'
import { type InTable, type Write, toItem } from '../dynamodb.ts'
import { rowOf } from '../known-rows.ts'

const key = { pk: 'console', sk: 'served' }
const ServedRow = z.looseObject({ manifest: Sha256 })

export const servedConsole = ({ dynamodb, table }: InTable) => ({
  /** The digest of its manifest; undefined while the log has not said any. */
  told: async (): Promise<Sha256 | undefined> => {
    const row = await rowOf(dynamodb, { table, key })
    return row && ServedRow.parse(row).manifest
  },

  /** Goes with the entry that says so. Of two at once the second fails. */
  tell: (manifest: Sha256): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({ ...key, manifest }),
        ConditionExpression: 'attribute_not_exists(pk) OR manifest <> :manifest',
        ExpressionAttributeValues: toItem({ ':manifest': manifest }),
      },
    },
    failed: () => 'unavailable',
  }),
})
