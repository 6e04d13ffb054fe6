// What a resource of the template is called on this machine: its Ref and the attributes of it that other resources may
// ask for. ARNs are proper ones (region us-east-1, account 000000000000), so that policy statements mean here what they
// mean on AWS.
import type { Resource, Template } from './template.ts'

export const region = 'us-east-1'
export const account = '000000000000'
export const stackName = 'referral-hub'
export const apiId = 'local'

export const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`

export const tableArn = (table: string): string => arnOf('dynamodb', `table/${table}`)
export const queueArn = (queue: string): string => arnOf('sqs', queue)
export const roleArn = (role: string): string => `arn:aws:iam::${account}:role/${role}`

type Names = { ref: string; attributes: Record<string, string> }
/** Where the local services are. `keyArns`: the key each AWS::KMS::Key stands for, by logical id. */
export type Places = { url: string; awsEndpoint: string; keyArns: ReadonlyMap<string, string> }

const text = (properties: Record<string, unknown>, name: string): string | undefined =>
  typeof properties[name] === 'string' ? properties[name] : undefined

const nameOf = (id: string, resource: Resource, property: string): string =>
  text(resource.Properties, property) ?? `${stackName}-${id}`

export const tableName = (id: string, resource: Resource): string =>
  nameOf(id, resource, 'TableName')
export const queueName = (id: string, resource: Resource): string =>
  text(resource.Properties, 'QueueName') ??
  `${stackName}-${id}${resource.Properties['FifoQueue'] === true ? '.fifo' : ''}`
export const functionName = (id: string, resource: Resource): string =>
  nameOf(id, resource, 'FunctionName')

const table = (id: string, resource: Resource): Names => {
  const name = tableName(id, resource)
  return { ref: name, attributes: { Arn: tableArn(name) } }
}

const named =
  (service: string, prefix: string, property: string) =>
  (id: string, resource: Resource): Names => {
    const name = nameOf(id, resource, property)
    return { ref: name, attributes: { Arn: arnOf(service, `${prefix}${name}`) } }
  }

const byType: Record<string, (id: string, resource: Resource, places: Places) => Names> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (id, resource, places) => {
    const name = queueName(id, resource)
    const url = `${places.awsEndpoint}/${account}/${name}`
    return { ref: url, attributes: { Arn: queueArn(name), QueueName: name, QueueUrl: url } }
  },
  'AWS::KMS::Key': (id, _, places) => {
    const arn = places.keyArns.get(id)
    if (arn === undefined) throw new Error(`the key ${id} has not been made`)
    const keyId = arn.slice(arn.indexOf('/') + 1)
    return { ref: keyId, attributes: { Arn: arn, KeyId: keyId } }
  },
  'AWS::Lambda::Function': named('lambda', 'function:', 'FunctionName'),
  'AWS::Logs::LogGroup': named('logs', 'log-group:', 'LogGroupName'),
  'AWS::SNS::Topic': (id, resource) => {
    const arn = arnOf('sns', nameOf(id, resource, 'TopicName'))
    return { ref: arn, attributes: { TopicArn: arn } }
  },
  'AWS::Events::Rule': named('events', 'rule/', 'Name'),
  // A role is called by its logical id: that is what a worker's credentials name.
  'AWS::IAM::Role': id => ({ ref: id, attributes: { Arn: roleArn(id), RoleId: id } }),
  'AWS::ApiGatewayV2::Api': (_, __, places) => ({
    ref: apiId,
    attributes: { ApiEndpoint: places.url, ApiId: apiId },
  }),
}

/** Ref and Fn::GetAtt over the resources of `template`. Other types answer to Ref only, with their logical id. */
export const namesIn = (template: Template, places: Places) => {
  const namesOf = (id: string): Names => {
    const resource = template.Resources[id]
    if (!resource) throw new Error(`the template has no resource ${id}`)
    return byType[resource.Type]?.(id, resource, places) ?? { ref: id, attributes: {} }
  }
  return {
    ref: (id: string): string => namesOf(id).ref,
    attribute: (id: string, name: string): string => {
      const value = namesOf(id).attributes[name]
      if (value === undefined)
        throw new Error(
          `the local hub does not know the attribute ${name} of ${id} (${template.Resources[id]?.Type})`,
        )
      return value
    },
  }
}
