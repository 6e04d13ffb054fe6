// The keys of KMS, each for one thing, and who may do what with it. Administrators of the account can manage a key and
// not use it: to use it they would have to change its policy, and that is told (watch-stack.ts).
import { Aws, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Conditions } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage, type KeyProps } from 'aws-cdk-lib/aws-kms'
import { type Grant, type KeyName, grants, pascal } from './capabilities.ts'
import { hubFunctions } from './functions.ts'
import { unasked } from './statements.ts'

/**
 * What the role of a function is called. Roles are of an account, not of a region, so that the region is in it. By its
 * name a key knows a role that is made after it.
 */
export const roleNameOf = (prefix: string, name: string): string =>
  `${prefix}-${name}-${Aws.REGION}`

const roleArn = (prefix: string, name: string) =>
  `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${roleNameOf(prefix, name)}`

/** What keeps a key in order, and neither opens nor signs anything. No grants: a grant is use. */
const managing = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ListKeyPolicies',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
]

/** A statement of a key's own policy. IAM decides too: the account stands for whoever a policy of their own lets. */
const statement = (sid: string, actions: readonly string[], conditions?: Conditions) =>
  new PolicyStatement({
    sid,
    principals: [new AccountRootPrincipal()],
    actions: actions.map(action => `kms:${action}`),
    resources: ['*'],
    ...(conditions && { conditions }),
  })

/** A statement for each capability on a key: only the roles of the functions that have it, as it has it. */
const usesOf = (key: KeyName, prefix: string): PolicyStatement[] =>
  Object.entries<Grant>(grants).flatMap(([capability, grant]) => {
    if (!('key' in grant) || grant.key !== key) return []
    const users = hubFunctions.filter(({ may }) => may.some(one => one === capability))
    const { StringEquals, ...others } = grant.conditions ?? {}
    const roles = users.map(({ name }) => roleArn(prefix, name))
    return [
      statement(pascal(capability), grant.actions, {
        ...others,
        StringEquals: { ...(StringEquals as object | undefined), 'aws:PrincipalArn': roles },
      }),
    ]
  })

const through = (...services: readonly string[]) => ({
  'kms:ViaService': services.map(name => `${name}.${Aws.REGION}.amazonaws.com`),
})

/**
 * Tables and queues at rest. The functions use it through both services; the account through DynamoDB alone, for
 * whoever deploys makes the tables, and whoever enrols the first keys writes to one. It opens no envelope.
 */
const storageUses = (prefix: string): PolicyStatement[] => [
  statement(
    'Functions',
    unasked.StorageThroughService.actions.map(action => action.slice('kms:'.length)),
    {
      StringEquals: {
        'aws:PrincipalArn': hubFunctions
          .filter(({ may }) => may.length > 0)
          .map(({ name }) => roleArn(prefix, name)),
        ...through('dynamodb', 'sqs'),
      },
    },
  ),
  statement(
    'Tables',
    ['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'],
    { StringEquals: through('dynamodb') },
  ),
]

/** Four keys, because a permission on one must say nothing about another: who reads a table opens no envelope. */
export const addKeys = (stack: Stack, prefix: string): Record<KeyName, Key> => {
  const key = (name: KeyName, description: string, props: KeyProps) =>
    new Key(stack, `${name}Key`, {
      description,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      policy: new PolicyDocument({
        statements: [
          statement('Manage', managing),
          ...(name === 'Storage' ? storageUses(prefix) : usesOf(name, prefix)),
        ],
      }),
      ...props,
    })
  return {
    Envelope: key('Envelope', 'Wraps the referral keys', { enableKeyRotation: true }),
    Guard: key('Guard', 'Keyed hashes: the duplicate guard, external ids, handles', {
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    }),
    Log: key('Log', 'Signs the access log’s checkpoints', {
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
    }),
    Storage: key('Storage', 'Tables and queues at rest', { enableKeyRotation: true }),
  }
}
