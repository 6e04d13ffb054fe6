// Fills the Directory at every start: institutions and agreements as infra/agreements has them, and the local callers' keys.
import { readdirSync, readFileSync } from 'node:fs'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { directory } from '../../functions/aws/directory.ts'
import { Agreement, type DirectoryKey, Institution } from '../../schemas/agreement.ts'

const folder = new URL('../agreements/', import.meta.url)
const institutionsFile = 'institutions.json'
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

/** Writes what the repository says into the directory. A key that is there already stays as it is: it may have been revoked since. */
export const enrol = async (
  dynamodb: DynamoDBClient,
  table: string,
  keys: readonly DirectoryKey[],
): Promise<void> => {
  const { enrolInstitution, enrolAgreement, enrolKey } = directory({ dynamodb, table })
  const institutions = z.array(Institution).parse(read(institutionsFile))
  const agreements = readdirSync(folder)
    .filter(file => file.endsWith('.json') && file !== institutionsFile)
    .map(file => Agreement.parse(read(file)))
  const agreementsOf = (code: Institution['code']) =>
    agreements.filter(({ parties }) => parties.includes(code)).map(({ agreementId }) => agreementId)
  await Promise.all([
    ...institutions.map(institution =>
      enrolInstitution(institution, agreementsOf(institution.code)),
    ),
    ...agreements.map(agreement => enrolAgreement(agreement)),
    ...keys.map(key => enrolKey(key)),
  ])
}
