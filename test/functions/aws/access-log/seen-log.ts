// A log of a test's own, half of which a viewer sees.
import { KMSClient } from '@aws-sdk/client-kms'
import { afterAll } from 'vitest'
import { accessLog } from '../../../../functions/aws/access-log/pending.ts'
import { logSequence } from '../../../../functions/aws/access-log/sequence.ts'
import { transact } from '../../../../functions/aws/dynamodb.ts'
import type { AccessLogEntry } from '../../../../schemas/access-log.ts'
import { AgreementId, InstitutionCode, SeenUnder } from '../../../../schemas/ids.ts'
import { ownTables } from '../own-tables.ts'

const agreed = AgreementId.parse('igm-ala-2026')
export const viewer = { institution: InstitutionCode.parse('ALA'), agreements: [agreed] }
export const ours = SeenUnder.parse(agreed)
const handover = SeenUnder.parse('ALA+OIM')
const [theirs, unseen] = ['igm-oim-2026', 'IGM+OIM'].map(seen => SeenUnder.parse(seen))
/** An agreement of the viewer's, and another; a handover of the viewer's, and others'; nothing. */
export const under = [ours, theirs, handover, unseen, undefined]

export type Written = { entry: AccessLogEntry; agreementId: SeenUnder | undefined }

/** By what it is under, or because the viewer's institution did it: of others' handover, what it was refused alone. */
export const isSeen = ({ entry, agreementId }: Written): boolean =>
  agreementId === ours ||
  agreementId === handover ||
  (entry.actor.institution === 'ALA' && !(agreementId === unseen && entry.outcome === 'allowed'))

export const seenLog = async () => {
  const { dynamodb, aws, tableOf } = await ownTables()
  const kms = new KMSClient(aws)
  afterAll(() => kms.destroy())
  const place = { dynamodb, table: tableOf('AccessLog') }
  const writer = accessLog(place)
  return {
    place,
    writer,
    sequence: logSequence({ ...place, kms, keyId: tableOf('LogKey'), origin: 'o' }),
    /** Many to a transaction, as AWS takes them. */
    append: async (all: readonly Written[]): Promise<void> => {
      for (let at = 0; at < all.length; at += 90)
        await transact(dynamodb)(
          all.slice(at, at + 90).map(({ entry, agreementId }) => writer.append(entry, agreementId)),
        )
    },
  }
}
