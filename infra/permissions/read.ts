// What each function may do as the template has it, beside what the permission table says it is for. The template
// decides what is shown; the table only gives reasons, and what it gives none for is told apart.
import { pascal } from '../capabilities.ts'
import { hubFunctions } from '../functions.ts'
import { type Permission, permissionOf } from './reasons.ts'
import {
  type Statement,
  type Template,
  Unreadable,
  named,
  ofType,
  statementsOfRole,
  statementsWithin,
} from './template.ts'

export type FunctionPermissions = {
  readonly name: string
  readonly id: string
  readonly entry: string
  /** Empty where the permission table has no such function. */
  readonly why: string
  readonly timeoutSeconds: number
  readonly routes: readonly string[]
  readonly schedules: readonly { readonly rule: string; readonly expression: string }[]
  /** Who may start it: the service, and the ARN that it must come from. */
  readonly invokers: readonly { readonly service: string; readonly source: string }[]
  readonly environment: readonly { readonly variable: string; readonly value: string }[]
  readonly may: readonly Permission[]
}

export type ResourcePolicy = { readonly id: string; readonly type: string } & Statement

export type Permissions = {
  readonly functions: readonly FunctionPermissions[]
  /** Roles that no function has. */
  readonly otherRoles: readonly string[]
  readonly policies: readonly ResourcePolicy[]
  readonly tables: readonly string[]
  readonly keys: readonly string[]
  readonly queues: readonly string[]
}

const functionName = (id: string) => id.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

const functionsOf = (template: Template): FunctionPermissions[] =>
  ofType(template, 'AWS::Lambda::Function').map(([id, { Properties, Metadata }]) => {
    const row = hubFunctions.find(({ name }) => pascal(name) === id)
    const integrations = ofType(template, 'AWS::ApiGatewayV2::Integration')
      .filter(([, integration]) => named(integration.Properties['IntegrationUri']) === id)
      .map(([name]) => name)
    const environment = Properties['Environment'] as { Variables?: object } | undefined
    return {
      name: row?.name ?? functionName(id),
      id,
      entry: named(Metadata['entry'] ?? ''),
      why: row?.why ?? '',
      timeoutSeconds: Number(Properties['Timeout']),
      routes: ofType(template, 'AWS::ApiGatewayV2::Route')
        .filter(([, route]) =>
          integrations.some(one => named(route.Properties['Target']) === `integrations/${one}`),
        )
        .map(([, route]) => named(route.Properties['RouteKey'])),
      schedules: ofType(template, 'AWS::Events::Rule')
        .filter(([, rule]) =>
          (rule.Properties['Targets'] as { Arn: unknown }[]).some(({ Arn }) => named(Arn) === id),
        )
        .map(([rule, { Properties: of }]) => ({
          rule,
          expression: named(of['ScheduleExpression']),
        })),
      invokers: ofType(template, 'AWS::Lambda::Permission')
        .filter(([, permission]) => named(permission.Properties['FunctionName']) === id)
        .map(([, permission]) => ({
          service: named(permission.Properties['Principal']),
          source: named(permission.Properties['SourceArn'] ?? ''),
        })),
      environment: Object.entries(environment?.Variables ?? {})
        .map(([variable, value]: [string, unknown]) => ({ variable, value: named(value) }))
        .toSorted((one, other) => one.variable.localeCompare(other.variable, 'en')),
      may: statementsOfRole(template, named(Properties['Role'])).map(statement =>
        permissionOf(statement, row?.may ?? [], id),
      ),
    }
  })

/** Everything of the template that lets somebody do something. Throws Unreadable at what it cannot show. */
export const permissionsIn = (template: Template): Permissions => {
  const functions = functionsOf(template)
  if (functions.length === 0) throw new Unreadable('the template has no function')
  const ids = (type: string) => ofType(template, type).map(([id]) => id)
  const used = ofType(template, 'AWS::Lambda::Function').map(([, one]) =>
    named(one.Properties['Role']),
  )
  const ofRoles = ['AWS::IAM::Role', 'AWS::IAM::Policy']
  return {
    functions,
    otherRoles: ids('AWS::IAM::Role').filter(id => !used.includes(id)),
    policies: Object.entries(template.Resources)
      .filter(([, { Type }]) => !ofRoles.includes(Type))
      .flatMap(([id, { Type: type, Properties }]) =>
        statementsWithin(Properties).map(statement => ({ id, type, ...statement })),
      ),
    tables: ids('AWS::DynamoDB::Table'),
    keys: ids('AWS::KMS::Key'),
    queues: ids('AWS::SQS::Queue'),
  }
}
