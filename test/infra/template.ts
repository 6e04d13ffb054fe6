// The synthesized template as the tests read it: what is deployed, not what infra/ meant to deploy.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'aws-cdk-lib'
import { hubApp } from '../../infra/app.ts'
import { linked } from '../../infra/linked.ts'

export type Statement = {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Principal?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }

/** The properties that the tests read, of whatever type the resource is. */
type Properties = Readonly<Record<string, unknown>> & {
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> }
  readonly Policies?: readonly Policy[]
}
export type Resource = {
  readonly Type: string
  readonly Properties: Properties
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly DependsOn?: readonly string[]
  readonly Metadata?: Readonly<Record<string, unknown>>
}
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>
}

/** Every template that `appIn` builds into a folder, which is gone afterwards, by the name of its stack. */
export const templatesOf = (appIn: (outdir: string) => App): Record<string, Template> => {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-synth-'))
  try {
    const { stacks } = appIn(outdir).synth()
    return Object.fromEntries(
      stacks.map(({ stackName, template }) => [stackName, template as Template]),
    )
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

/** The template of one stack; without a name the hub's as one, without who watches it (infra/linked.ts). */
export const templateOf = (appIn: (outdir: string) => App, stack?: string): Template => {
  const all = templatesOf(appIn)
  if (stack === undefined)
    return linked(
      Object.entries(all).flatMap(([name, template]) =>
        name.endsWith('-Watch') ? [] : [template],
      ),
    ) as Template
  const one = all[stack]
  if (!one) throw new Error(`no stack ${stack}`)
  return one
}

export const hubTemplate: Template = templateOf(outdir => hubApp({ outdir, watched: false }).app)

export const ofType = (type: string, template = hubTemplate): [id: string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type)

export const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T]

/** Every logical id that a value refers to, by Ref or Fn::GetAtt, at any depth; no pseudo parameters. */
export const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const found = Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'Ref') return [String(inner)]
    if (key === 'Fn::GetAtt') return [String((inner as unknown[])[0])]
    return references(inner)
  })
  return [...new Set(found)].filter(id => !id.startsWith('AWS::'))
}

/** A value with its intrinsics worked out, given what a reference stands for: `Table` or `Table.Arn`. */
export const resolved = (value: unknown, standsFor: (reference: string) => string): string => {
  if (typeof value === 'string') return value
  const [name, operand] = Object.entries(value as Record<string, unknown>)[0] ?? []
  const operands = operand as [never, never]
  if (name === 'Ref') return standsFor(operand as string)
  if (name === 'Fn::GetAtt') return standsFor((operand as string[]).join('.'))
  if (name === 'Fn::Join')
    return (operands[1] as unknown[]).map(part => resolved(part, standsFor)).join(operands[0])
  if (name === 'Fn::Select') {
    const split = (operands[1] as Record<'Fn::Split', [string, unknown]>)['Fn::Split']
    return resolved(split[1], standsFor).split(split[0])[operands[0]] ?? ''
  }
  throw new Error(`${name} is no intrinsic that the hub's template uses`)
}

export type Deployed = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly properties: Properties
  readonly statements: readonly Statement[]
  readonly environment: Readonly<Record<string, unknown>>
}

/**
 * The functions of a template with what their roles allow, by their names in the permission table: `GetMe` is `get-me`.
 */
export const deployedFunctions = (template = hubTemplate): Deployed[] =>
  ofType('AWS::Lambda::Function', template).map(([id, { Properties: properties }]) => {
    const role = references(properties['Role'])[0] ?? ''
    const policies = template.Resources[role]?.Properties.Policies ?? []
    return {
      id,
      name: id.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(),
      role,
      properties,
      statements: policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      environment: properties.Environment?.Variables ?? {},
    }
  })

export const deployedFunction = (name: string): Deployed => {
  const found = deployedFunctions().find(deployed => deployed.name === name)
  if (!found) throw new Error(`no function ${name}`)
  return found
}

/** Every statement of a function's role that names a resource or a part of it. */
export const statementsOn = (resource: string) =>
  deployedFunctions().flatMap(({ name, statements }) =>
    statements
      .filter(({ Resource }) => references(Resource).includes(resource))
      .map(statement => ({ name, statement, actions: listOf(statement.Action) })),
  )
