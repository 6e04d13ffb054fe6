// IAM in words. An action or a condition that has none here cannot be shown, and stops the page.
import { type Condition, Unreadable } from './template.ts'

const words: Readonly<Record<string, string>> = {
  'dynamodb:BatchGetItem': 'read rows by their keys',
  'dynamodb:GetItem': 'read a row by its key',
  'dynamodb:Query': 'list the rows under a partition key',
  'dynamodb:Scan': 'read every row',
  'dynamodb:PutItem': 'write a row',
  'dynamodb:UpdateItem': 'change a row',
  'dynamodb:DeleteItem': 'delete a row',
  'dynamodb:ConditionCheckItem': 'make a transaction depend on a row',
  'dynamodb:BatchWriteItem': 'write or delete rows in bulk',
  'dynamodb:PartiQLSelect': 'read by PartiQL',
  'dynamodb:PartiQLInsert': 'write by PartiQL',
  'dynamodb:PartiQLUpdate': 'change by PartiQL',
  'dynamodb:PartiQLDelete': 'delete by PartiQL',
  'dynamodb:ExportTableToPointInTime': 'export the table',
  'dynamodb:UpdateTable': 'change the table',
  'dynamodb:DeleteTable': 'delete the table',
  'kms:Decrypt': 'decrypt',
  'kms:Encrypt': 'encrypt',
  'kms:ReEncryptFrom': 're-encrypt from it',
  'kms:ReEncryptTo': 're-encrypt to it',
  'kms:GenerateDataKey': 'make a data key',
  'kms:GenerateDataKeyWithoutPlaintext': 'make a wrapped data key',
  'kms:GenerateMac': 'make a MAC',
  'kms:VerifyMac': 'verify a MAC',
  'kms:Sign': 'sign',
  'kms:Verify': 'verify a signature',
  'kms:GetPublicKey': 'read the public key',
  'kms:DescribeKey': 'see the state of the key',
  'kms:CancelKeyDeletion': 'cancel its deletion',
  'kms:DisableKeyRotation': 'stop its rotation',
  'kms:EnableKey': 'enable it',
  'kms:EnableKeyRotation': 'have it rotated',
  'kms:GetKeyPolicy': 'read its policy',
  'kms:GetKeyRotationStatus': 'see whether it is rotated',
  'kms:ListGrants': 'list its grants',
  'kms:ListKeyPolicies': 'list its policies',
  'kms:ListResourceTags': 'list its tags',
  'kms:RevokeGrant': 'revoke a grant',
  'kms:TagResource': 'tag it',
  'kms:UntagResource': 'take a tag from it',
  'kms:UpdateKeyDescription': 'change its description',
  'kms:CreateGrant': 'give others the use of it',
  'kms:PutKeyPolicy': 'change its policy',
  'kms:DisableKey': 'disable it',
  'kms:ScheduleKeyDeletion': 'have it deleted',
  'kms:*': 'do anything that KMS can do with it',
  'sqs:SendMessage': 'send messages',
  'sqs:ReceiveMessage': 'receive messages',
  'sqs:DeleteMessage': 'delete messages',
  'sqs:ChangeMessageVisibility': 'change how long a message is leased',
  'sqs:GetQueueAttributes': 'see how many messages wait',
  'sqs:PurgeQueue': 'delete all messages',
  'sqs:SetQueueAttributes': 'change the queue',
  'sqs:DeleteQueue': 'delete the queue',
  'sqs:StartMessageMoveTask': 'bring parked messages back',
  'sqs:*': 'do anything that SQS can do with it',
  'sns:Publish': 'publish',
  'logs:CreateLogStream': 'begin a log stream',
  'logs:PutLogEvents': 'write log lines',
  'lambda:InvokeFunction': 'invoke it',
  'sts:AssumeRole': 'act as it',
}

/** `dynamodb:PutItem` → `write a row`. */
export const wordsOf = (action: string): string => {
  const found = words[action]
  if (found === undefined)
    throw new Unreadable(`no words for ${action}: give it its line in infra/permissions/words.ts`)
  return found
}

/** The actions of a service that have words: what a page can say that nobody has. */
export const actionsOf = (service: string): string[] =>
  Object.keys(words).filter(action => action.startsWith(`${service}:`) && !action.endsWith(':*'))

/** `one`, `one and two`, `one, two and three`. */
export const listed = (names: readonly string[], word = 'and'): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`

export const code = (text: string): string => `\`${text}\``

/** What the values of a key stand for, in a condition's sentence. */
const keyWords: Readonly<Record<string, (values: readonly string[]) => string>> = {
  'ForAllValues:StringLike dynamodb:LeadingKeys': rows =>
    `only rows whose partition key is ${listed(rows.map(code), 'or')}`,
  'ForAllValues:StringEquals kms:EncryptionContextKeys': names =>
    `only with an encryption context of no other names than ${listed(names.map(code))}`,
  'StringEquals kms:ViaService': services =>
    `only through ${listed(services.map(code), 'or')}, in the caller’s name`,
  'StringEquals aws:PrincipalArn': roles =>
    `only as the role ${listed(
      roles.map(arn => code(arn.replace(/^.*:role\//, '').replace(/-AWS::Region$/, ''))),
      'or',
    )}`,
  'Bool aws:SecureTransport': ([value]) =>
    value === 'false' ? 'over a connection without TLS' : 'over a connection with TLS',
}

/**
 * The conditions of a statement in words. IAM's ForAllValues holds of a call that has no value at all, unless a Null
 * beside it says otherwise: where there is none, the sentence says so.
 */
export const conditionWords = (conditions: readonly Condition[]): string[] => {
  const demanded = new Set(
    conditions
      .filter(({ operator, values }) => operator === 'Null' && values.join() === 'false')
      .map(({ key }) => key),
  )
  const spoken = conditions.filter(({ operator, key }) => operator !== 'Null' || !demanded.has(key))
  for (const key of demanded)
    if (!spoken.some(one => one.key === key))
      throw new Unreadable(`no words for a condition on ${key} that only asks for it`)
  return spoken.map(({ operator, key, values }) => {
    const say = keyWords[`${operator} ${key}`]
    if (!say)
      throw new Unreadable(
        `no words for the condition ${operator} ${key}: infra/permissions/words.ts`,
      )
    const lax = operator.startsWith('ForAllValues:') && !demanded.has(key)
    return `${say(values)}${lax ? ', or a call that names none' : ''}`
  })
}

const width = 120

/** Wraps a line of prose, or of a list whose marker the continuation is indented under. */
export const wrapped = (text: string): string => {
  const indent = ' '.repeat(/^ *(?:- )?/.exec(text)?.[0].length ?? 0)
  const lines: string[] = []
  let line = ''
  for (const word of text.trimStart().split(' ')) {
    const start = lines.length === 0 ? (/^ */.exec(text)?.[0] ?? '') : indent
    if (line === '') line = start + word
    else if (`${line} ${word}`.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = indent + word
    }
  }
  return [...lines, line].join('\n')
}
