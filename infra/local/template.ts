// The synthesized CDK templates, linked into one: the one source of what the local hub is made of.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { Rate } from '../../events/rate.ts'
import { type HubName, localHubName } from '../../schemas/hub-name.ts'
import type { Restored } from '../exports.ts'
import { linked } from '../linked.ts'
import { builtTemplate } from './built.ts'

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).optional(),
})
export type Resource = z.infer<typeof Resource>

export const Template = z.object({ Resources: z.record(z.string(), Resource) })
export type Template = z.infer<typeof Template>

/** Types that the hub provisions or reads. */
const provisioned = [
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
]

/** Types that mean nothing on one machine: who watches, who is told, and which AWS service may start which. */
const withoutLocalMeaning = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
]

const known = new Set([...provisioned, ...withoutLocalMeaning])

/**
 * Parses a template. Throws when it has a resource of a type that the local hub neither provisions nor may leave out.
 */
export const parseTemplate = (json: unknown): Template => {
  const template = Template.parse(json)
  for (const [id, { Type }] of Object.entries(template.Resources))
    if (!known.has(Type))
      throw new Error(
        `the local hub does not know the resource type ${Type} (${id}): teach infra/local about it`,
      )
  return template
}

/** The resources of the given types, with their logical ids. */
export const resourcesOf = (template: Template, ...types: string[]): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => types.includes(Type))

/** What a local hub may have otherwise than by default. */
export type Otherwise = {
  /** The folder with institutions and agreements; that of the checkout when left out. */
  declared?: string | undefined
  /** Tables that stand in for those of the template, which are there. */
  restored?: Restored | undefined
}

/** The template of infra/app.ts, made now. */
export const synthesize = async (
  rate: Rate | undefined,
  name: HubName = localHubName,
  { declared, restored }: Otherwise = {},
): Promise<Template> => {
  const { hubApp } = await import('../app.ts')
  const { institutions } = await import('../declared.ts')
  // The rules run in tests and before a deployment (docs/operations.md); at start they would cost more than everything
  // else. Nothing waits from here on: another synthesis would take this for what was there before.
  const before = process.env['CDK_VALIDATION']
  process.env['CDK_VALIDATION'] = 'false'
  const outdir = mkdtempSync(join(tmpdir(), 'referral-hub-template-'))
  try {
    const { app } = hubApp({
      outdir,
      name,
      watched: false,
      ...(rate && { rate }),
      institutions: institutions(declared),
      ...(restored && { restored }),
    })
    return parseTemplate(linked(app.synth().stacks.map(({ template }) => template as unknown)))
  } finally {
    if (before === undefined) delete process.env['CDK_VALIDATION']
    else process.env['CDK_VALIDATION'] = before
    rmSync(outdir, { recursive: true, force: true })
  }
}

const made = new Map<string, Promise<Template>>()

const make = async (rate: Rate | undefined, name: HubName): Promise<Template> => {
  const built = name === localHubName ? builtTemplate(rate) : undefined
  return built === undefined ? synthesize(rate, name) : parseTemplate(built)
}

/**
 * The template of infra/app.ts, read or synthesized once per process: it is the same for every hub of that name that
 * lets keys go equally fast.
 */
export const hubTemplate = (rate?: Rate, name: HubName = localHubName): Promise<Template> => {
  const which = `${name} ${rate ? `${rate.perSecond}/${rate.burst}` : 'default'}`
  const template = made.get(which) ?? make(rate, name)
  made.set(which, template)
  return template
}
