// `hub admin enrol`: what infra/agreements declares, and first keys, into a deployed hub, with the AWS credentials of
// whoever runs it.
import { enrol, type Enrolled, operatorsDynamodb } from '../functions/aws/enrol.ts'
import type { DirectoryKey } from '../schemas/agreement.ts'
import type { Instant } from '../schemas/ids.ts'
import { agreements, institutions } from './declared.ts'

/**
 * Adds what is missing, and changes nothing that is there. With `dryRun` it only says what it would add.
 *
 * @param table the output DirectoryTable of the deployment; `logTable` its AccessLogTable
 * @throws the SDK's errors
 */
export const enrolDeployed = async (
  keys: readonly DirectoryKey[],
  place: { table: string; logTable: string; at: Instant; dryRun: boolean },
): Promise<Enrolled[]> => {
  const dynamodb = operatorsDynamodb()
  const enrolment = { institutions: institutions(), agreements: agreements(), keys }
  try {
    return await enrol(enrolment, { dynamodb, ...place })
  } finally {
    dynamodb.destroy()
  }
}
