// A snapshot that a test spoils: rows found by their keys, changed, taken out and put in.
import type { Row } from '../../functions/aws/dynamodb.ts'
import { packed, unpacked } from '../../functions/aws/packed-members.ts'
import type { TableName } from '../../functions/aws/tables.ts'
import type { Queued, Snapshot } from '../../fsck/snapshot.ts'

type Draft = Omit<Snapshot, 'tables' | 'queues'> & {
  tables: Record<TableName, Row[]>
  queues: Queued[]
}

export const draftOf = (snapshot: Snapshot) => {
  const draft: Draft = structuredClone(snapshot) as Draft
  const { tables } = draft

  const row = (table: TableName, beginning: string): Row => {
    const found = tables[table].find(({ pk, referralId, consentId }) =>
      String(pk ?? consentId ?? referralId).startsWith(beginning),
    )
    if (!found) throw new Error(`no row ${beginning} in ${table}`)
    return found
  }
  return {
    snapshot: draft as Snapshot,
    draft,
    row,
    rows: (table: TableName, beginning: string): Row[] =>
      tables[table].filter(({ pk, referralId, consentId }) =>
        String(pk ?? consentId ?? referralId).startsWith(beginning),
      ),
    change: (table: TableName, beginning: string, change: Row): void => {
      const members = Object.entries(change)
      const found = row(table, beginning)
      for (const [name, value] of members)
        if (value === undefined) delete found[name]
        else found[name] = value
    },
    remove: (table: TableName, gone: (row: Row) => boolean): void => {
      const left = tables[table].filter(each => !gone(each))
      if (left.length === tables[table].length) throw new Error(`nothing to remove in ${table}`)
      tables[table] = left
    },
    put: (table: TableName, added: Row): void => void tables[table].push(added),
    /** Changes what a referral's row keeps shortened, and else. */
    referral: (id: string, change: (row: Row) => Row): void => {
      const kept = row('Referrals', `referral#${id}`)
      const whole = unpacked(kept)
      const after = { ...whole, ...change(whole) }
      Object.assign(kept, change(whole), {
        submitted: packed('submitted', after),
        course: packed('course', after),
      })
      for (const name of Object.keys(
        unpacked({ submitted: kept['submitted'], course: kept['course'] }),
      ))
        delete kept[name]
      for (const [name, value] of Object.entries(kept)) if (value === undefined) delete kept[name]
    },
  }
}
export type DraftTools = ReturnType<typeof draftOf>
