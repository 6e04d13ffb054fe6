// The Directory: institutions, the keys that sign for them, and the agreements between them.
// Doors change keys through the writes below, in their transactions; what the deployment puts in is enrol.ts.
import * as z from 'zod'
import { DirectoryKey, KeptAgreement } from '../../schemas/agreement.ts'
import { AgreementId, InstitutionCode, type Instant, Keyid } from '../../schemas/ids.ts'
import type { InstitutionView } from '../../schemas/institution.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { agreementTerms } from './agreement-rows.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { type KnownRows, rowOf, rowsOf } from './known-rows.ts'

const stored = <T extends z.ZodRawShape>(shape: z.ZodObject<T>) => shape.extend({ pk: z.string() })
const InstitutionRow = z.strictObject({
  pk: z.string(),
  code: InstitutionCode,
  name: z.string(),
  agreements: z.array(AgreementId),
  keyids: z.set(Keyid).optional(),
})

/** The list of institutions, so that reading it needs no scan. */
export const institutionsRow = { pk: 'institutions' }
const InstitutionsRow = z.strictObject({ pk: z.string(), codes: z.set(InstitutionCode) })

const keyIn = (row: Row): DirectoryKey => {
  const { pk: _, ...key } = stored(DirectoryKey).parse(row)
  return key
}

const agreementIn = (row: Row): KeptAgreement => {
  const { pk: _, ...agreement } = stored(KeptAgreement).parse(row)
  return agreement
}

export type Directory = ReturnType<typeof directory>

export const directory = ({ dynamodb, table }: InTable) => {
  const seen = new Map<Keyid, DirectoryKey>()
  const keyAt = (keyid: Keyid): RowName => ({ table, key: { pk: `key#${keyid}` } })
  const agreementAt = (agreementId: AgreementId): RowName => ({
    table,
    key: { pk: `agreement#${agreementId}` },
  })
  const institutionAt = (institution: InstitutionCode): RowName => ({
    table,
    key: { pk: `institution#${institution}` },
  })

  const institutionRow = async (institution: InstitutionCode, known?: KnownRows) => {
    const row = await rowOf(dynamodb, institutionAt(institution), known)
    return row && InstitutionRow.parse(row)
  }
  /** Of those that there are, in one call. */
  const institutionRows = async (institutions: readonly InstitutionCode[]) => {
    const rows = await rowsOf(dynamodb, institutions.map(institutionAt))
    return rows.flatMap(row => (row ? [InstitutionRow.parse(row)] : []))
  }

  /** A key as it stands now, whether it may sign or not (a consistent read). */
  const readKey = async (keyid: Keyid, known?: KnownRows): Promise<DirectoryKey | undefined> => {
    const row = await rowOf(dynamodb, keyAt(keyid), known)
    return row && keyIn(row)
  }

  const codes = async (): Promise<InstitutionCode[]> => {
    const row = await rowOf(dynamodb, { table, key: institutionsRow })
    return row ? [...InstitutionsRow.parse(row).codes].toSorted() : []
  }

  return {
    keyAt,
    agreementAt,
    institutionAt,
    readKey,

    /** Several keys as they stand now, in the order of their ids, those that there are; in one call. */
    readKeys: async (keyids: readonly Keyid[]): Promise<DirectoryKey[]> =>
      (await rowsOf(dynamodb, keyids.map(keyAt))).flatMap(row => (row ? [keyIn(row)] : [])),

    /**
     * A key as it was when this function instance last verified a signature with it. It says whose signature that may
     * be and never whether the key still signs: its material is fixed, for a keyid is its thumbprint (RFC 7638).
     */
    lastSeen: (keyid: Keyid): DirectoryKey | undefined => seen.get(keyid),
    saw: (key: DirectoryKey): void => void seen.set(key.keyid, key),
    forget: (keyid: Keyid): void => void seen.delete(keyid),

    /**
     * The key a request claims to be signed by, as it stands now. Read consistently at every request, not cached: a
     * revocation takes effect on the next request, and no transaction has to touch a row that all requests of a key
     * share. A key that is only proposed is none yet.
     */
    findKey: async (keyid: Keyid, known?: KnownRows): Promise<DirectoryKey | undefined> => {
      const key = await readKey(keyid, known)
      return key?.state === 'proposed' ? undefined : key
    },

    findAgreement: async (
      agreementId: AgreementId,
      known?: KnownRows,
    ): Promise<KeptAgreement | undefined> => {
      const row = await rowOf(dynamodb, agreementAt(agreementId), known)
      return row && agreementIn(row)
    },

    /** Those of several that there are, by their ids: those that are known, and the others in one call. */
    findAgreements: async (
      agreementIds: readonly AgreementId[],
      known?: KnownRows,
    ): Promise<Map<AgreementId, KeptAgreement>> => {
      const names = [...new Set(agreementIds)].map(agreementAt)
      const rows = await rowsOf(dynamodb, names, known)
      return new Map(
        rows.flatMap(row => {
          const agreement = row && agreementIn(row)
          return agreement ? [[agreement.agreementId, agreement] as const] : []
        }),
      )
    },

    ...agreementTerms({ dynamodb, table }),

    /** The agreements that an institution is party to. */
    agreementsOf: async (institution: InstitutionCode, known?: KnownRows): Promise<AgreementId[]> =>
      (await institutionRow(institution, known))?.agreements ?? [],

    /** The codes of all institutions, in order. */
    codes,

    /** A page of the institutions in order of their codes, from behind `after`. */
    institutions: async (
      limit: number,
      after = '',
    ): Promise<{ items: InstitutionView[]; next?: InstitutionCode }> => {
      const wanted = (await codes()).filter(code => code > after)
      const rows = await institutionRows(wanted.slice(0, limit))
      const items = rows.map(({ code, name }) => ({ institution: code, name }))
      const last = wanted[limit - 1]
      return wanted.length > limit && last ? { items, next: last } : { items }
    },

    /** The ids of all keys of an institution, past and present; undefined for one that is not registered. */
    keyidsOf: async (
      institution: InstitutionCode,
      known?: KnownRows,
    ): Promise<Keyid[] | undefined> => {
      const row = await institutionRow(institution, known)
      return row && [...(row.keyids ?? [])].toSorted()
    },

    /**
     * The ids that begin so, of all keys that there ever were: what anyone can find by asking for the keys of each
     * institution.
     */
    keyidsLike: async (prefix: string): Promise<Keyid[]> => {
      const rows = await institutionRows(await codes())
      return rows.flatMap(({ keyids = [] }) => [...keyids].filter(id => id.startsWith(prefix)))
    },

    /** Adds a proposed key, to its row and to its institution's list. */
    addKey: (key: DirectoryKey): Write[] => [
      {
        item: {
          Put: {
            TableName: table,
            Item: toItem({ pk: `key#${key.keyid}`, ...key }),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        failed: () => 'key-exists',
      },
      listKey(table, key),
    ],

    /** Replaces a key by what became of it, if nothing else did since it was read: its history only grows. */
    changeKey: (before: DirectoryKey, after: DirectoryKey): Write => ({
      item: {
        Put: {
          TableName: table,
          Item: toItem({ pk: `key#${before.keyid}`, ...after }),
          ConditionExpression: before.history
            ? 'size(history) = :length'
            : 'attribute_exists(pk) AND attribute_not_exists(history)',
          ...(before.history && {
            ExpressionAttributeValues: toItem({ ':length': before.history.length }),
          }),
        },
      },
      failed: () => 'moved',
    }),

    /**
     * Holds if the key is not revoked at the commit: what two persons decide does not outrun the end of either's key.
     */
    unrevoked: (keyid: Keyid, until: Instant, otherwise: ProblemCode | 'moved'): Write => ({
      item: {
        ConditionCheck: {
          TableName: table,
          Key: toItem({ pk: `key#${keyid}` }),
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(revokedAt) OR revokedAt > :until)',
          ExpressionAttributeValues: toItem({ ':until': until }),
        },
      },
      failed: () => otherwise,
    }),
  }
}

/** Puts a key on its institution's list. An institution that is not registered has none. */
export const listKey = (table: string, { institution, keyid }: DirectoryKey) =>
  ({
    item: {
      Update: {
        TableName: table,
        Key: toItem({ pk: `institution#${institution}` }),
        UpdateExpression: 'ADD keyids :keyid',
        ConditionExpression: 'attribute_exists(code)',
        ExpressionAttributeValues: toItem({ ':keyid': new Set([keyid]) }),
      },
    },
    failed: () => 'internal',
  }) satisfies Write
