// Where AWS is and who asks, out of the environment that Lambda gives a function. Profiles, files and metadata
// services, which the SDK would ask too, are for people and machines, and none of a function's business.
import { env, envIfSet } from './runtime.ts'

export const region = (): string => env('AWS_REGION')

/**
 * The domains of AWS's partitions, by how their regions begin; `amazonaws.com` for all others.
 * test/functions/aws/endpoint.test.ts holds them against the SDK's.
 */
const domains = {
  'cn-': 'amazonaws.com.cn',
  'eusc-': 'amazonaws.eu',
  'us-iso-': 'c2s.ic.gov',
  'us-isob-': 'sc2s.sgov.gov',
  'us-isof-': 'csp.hci.ic.gov',
  'eu-isoe-': 'cloud.adc-e.uk',
}

/** A service's address: `AWS_ENDPOINT_URL_KMS` or `AWS_ENDPOINT_URL` where they are set, else that of the region. */
export const endpointOf = (service: 'dynamodb' | 'kms'): string => {
  const configured =
    envIfSet(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ?? envIfSet('AWS_ENDPOINT_URL')
  if (configured) return configured
  const found = Object.entries(domains).find(([prefix]) => region().startsWith(prefix))
  return `https://${service}.${region()}.${found?.[1] ?? 'amazonaws.com'}`
}

/** Read for each signature, so that they may change while a client lives. Where there are none, it throws. */
export const credentials = async () => {
  const sessionToken = envIfSet('AWS_SESSION_TOKEN')
  return {
    accessKeyId: env('AWS_ACCESS_KEY_ID'),
    secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  }
}
