// Rows of the Directory beside an agreement's own: its versions, and the gates that whoever sends, opens or works under
// it holds in its transaction.
import * as z from 'zod'
import { Agreement, type KeptAgreement } from '../../schemas/agreement.ts'
import { AgreementId, type InstitutionCode } from '../../schemas/ids.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { type KnownRows, rowOf } from './known-rows.ts'

/** Where the terms of a version are kept: only ever added to. */
export const versionKey = (agreementId: AgreementId, version: number): Row => ({
  pk: `agreement-version#${agreementId}#${version}`,
})

/**
 * Rows that say that nothing of an agreement may be sent or opened. Each submission and each release holds one of them
 * in its transaction, any; a breach writes all. With one alone, all of an agreement would meet at it.
 */
export const gatesEach = 8
export const gateKey = (agreementId: AgreementId, n: number): Row => ({
  pk: `agreement-gate#${agreementId}#${n}`,
})

/** The agreements that an institution worked under and that were terminated: a row that is nearly always not there. */
export const endedKey = (institution: InstitutionCode): Row => ({
  pk: `agreement-ended#${institution}`,
})

/** Conditions of a transaction that its agreement is as it was judged. */
export const agreementGates = ({ table }: { table: string }) => ({
  /** Holds if nothing has shut the agreement at the commit: nothing is sent or released behind a breach or an end. */
  whileOpen: (agreementId: AgreementId): Write => ({
    item: {
      ConditionCheck: {
        TableName: table,
        Key: toItem(gateKey(agreementId, Math.floor(Math.random() * gatesEach))),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    failed: () => 'moved',
  }),
})

const VersionTerms = z.object({ terms: Agreement })

/** The terms that a referral came under. Part of the directory (directory.ts). */
export const agreementTerms = ({ dynamodb, table }: InTable) => {
  /** A version's terms never change. */
  const terms = new Map<string, Agreement>()
  return {
    /**
     * An agreement as a referral came under it: the terms of that version, policy and all, and how it stands now. A
     * call where an amendment came in between, the first time.
     */
    under: async (
      agreement: KeptAgreement,
      { agreementVersion: own = 1 }: { agreementVersion?: number | undefined },
    ): Promise<KeptAgreement> => {
      const { agreementId, version = 1 } = agreement
      if (own === version) return agreement
      const key = versionKey(agreementId, own)
      const pk = String(key['pk'])
      const found = terms.get(pk) ?? VersionTerms.parse(await rowOf(dynamodb, { table, key })).terms
      terms.set(pk, found)
      return { ...agreement, ...found }
    },
  }
}

const EndedRow = z.object({ agreements: z.set(AgreementId) })

/** Terminations, by who may have worked under the agreement. */
export const agreementEnds = ({ dynamodb, table }: InTable) => ({
  /** Where its terminations are, for whoever reads them ahead. */
  endedAt: (institution: InstitutionCode): RowName => ({ table, key: endedKey(institution) }),

  /** Whether an agreement that the institution worked under was terminated. */
  isEnded: async (
    agreementId: AgreementId,
    institution: InstitutionCode,
    known?: KnownRows,
  ): Promise<boolean> => {
    const row = await rowOf(dynamodb, { table, key: endedKey(institution) }, known)
    return row !== undefined && EndedRow.parse(row).agreements.has(agreementId)
  },
})
