// The settings of a deployment: one checked file for each stage, `infra/stages/NAME.json`. What a stage is called is in
// all of its names, so that several live beside each other in one account and region.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { HubName } from '../schemas/hub-name.ts'
import type { TableName } from '../functions/aws/tables.ts'

const folder = new URL('./stages/', import.meta.url)

/** Why nothing is made of a stage, and what to do: shown as it is. */
export class StageError extends Error {
  override readonly name = 'StageError'
}

/**
 * What the names of queues go on with after the prefix: no stage may be called so, or its queues would be another's.
 */
const taken = ['inbox', 'parked']

const StageName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,11}$/, '1 to 12 small letters and digits, beginning with a letter')
  .refine(name => !taken.includes(name), `not ${taken.join(' or ')}, which are parts of names`)

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const Host = z
  .string()
  .regex(
    new RegExp(`^${label}(\\.${label})+$`),
    'a host in lower case, without https:// and without a port, such as hub.example.org',
  )

const count = (most: number, such: number) =>
  z
    .int(`a whole number from 1 to ${most}, such as ${such}`)
    .min(1, `a whole number from 1 to ${most}, such as ${such}`)
    .max(most, `a whole number from 1 to ${most}, such as ${such}`)

/** Tables that have backups. The other two have none, on purpose (data-stack.ts). */
const restorable = [
  'Referrals',
  'ConsentLedger',
  'AccessLog',
  'Outbox',
  'Directory',
  'Progress',
] as const satisfies TableName[]
const TableCalled = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a table, such as referral-hub-Referrals-2')

/** As Slack names them, in the addresses of its own pages. */
const Slack = z.strictObject({
  workspace: z.string().regex(/^T[A-Z0-9]{5,20}$/, 'the id of a workspace, such as T0123ABCD'),
  channel: z.string().regex(/^[CG][A-Z0-9]{5,20}$/, 'the id of a channel, such as C0123ABCD'),
})
export type Slack = z.infer<typeof Slack>

/** A host that the API answers for, of a zone that Route 53 has. */
const Domain = z.strictObject({
  /** The zone's name, which the host ends with. */
  zone: Host,
  /** The zone's id in Route 53. */
  zoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{5,31}$/, 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ'),
  /** Only callers with a certificate of these authorities reach the API: a PEM file in a bucket of one's own. */
  mtls: z
    .strictObject({
      bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, 'the name of a bucket'),
      key: z
        .string()
        .regex(/^[^/].{0,1023}$/, 'the path of the file in it, such as truststore.pem'),
      version: z.string().min(1, 'the version of the object').optional(),
    })
    .optional(),
})
export type Domain = z.infer<typeof Domain>

/** What stands in `infra/stages/NAME.json`. */
export const Settings = z
  .strictObject({
    /** The host that callers sign and send to. Without it: the API's own. */
    authority: Host.optional(),
    /**
     * The host as a domain of the API’s own; it must be `authority`. Without it: the API’s own host, or one made by
     * hand.
     */
    domain: Domain.optional(),
    /** What log, events and problems are named after. Without it: the authority. */
    name: z
      .string()
      .refine(
        name => HubName.safeParse(name).success,
        'a host in lower case, with a path if it needs one, such as hub.example.org/trial',
      )
      .transform(name => HubName.parse(name))
      .optional(),
    /** How fast one key may go. */
    rate: z.strictObject({ perSecond: count(1_000_000, 200), burst: count(1_000_000, 400) }),
    /** Who hears of alarms. */
    alarms: z.strictObject({
      emails: z.array(z.email('an address, such as oncall@hub.example.org')).max(10),
      /** A channel of a Slack workspace that the account knows (docs/deploy.md). */
      slack: Slack.optional(),
    }),
    /** Tables that were restored, and stand in for those that the stack has made (docs/operations.md#restoring). */
    restored: z.partialRecord(z.enum(restorable), TableCalled).optional(),
    /** `0.1.0`: as a hub was deployed before 0.2.0 (docs/reference/evolving-rows.md). */
    indexes: z.enum(['0.1.0', '0.2.0'], '0.1.0 or 0.2.0').optional(),
  })
  .refine(({ authority, domain }) => !domain || authority !== undefined, {
    path: ['authority'],
    message: 'is missing: a domain is the host that callers sign',
  })
  .refine(({ authority, domain }) => !domain || authority?.endsWith(`.${domain.zone}`) !== false, {
    path: ['domain', 'zone'],
    message: 'the zone that authority is a host of, such as example.org for hub.example.org',
  })
export type Settings = z.infer<typeof Settings>

/** A stage: what it is called, and its settings. */
export type Stage = { readonly stage: string; readonly settings: Settings }

/** What the stacks of a stage are called, and what the names of its queues, roles, functions and its API begin with. */
export type Names = {
  /** What it keeps. */
  readonly stack: string
  /** What works on it. */
  readonly doors: string
  /** Who is told. */
  readonly watch: string
  readonly prefix: string
}

/** `prod` has the names that hubs had before there were stages. */
export const namesOf = (stage = 'prod'): Names => {
  const stack = stage === 'prod' ? 'ReferralHub' : `ReferralHub-${stage}`
  const prefix = stage === 'prod' ? 'referral-hub' : `referral-hub-${stage}`
  return { stack, doors: `${stack}-Doors`, watch: `${stack}-Watch`, prefix }
}

/** The stages that have a file. */
export const stages = (from = folder): string[] =>
  readdirSync(from)
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
    .toSorted()

/** What is wrong with settings, a line each: where, and how it is right. */
const faultsIn = (error: z.ZodError): string[] =>
  error.issues.flatMap(issue => {
    const at = (...more: PropertyKey[]) => `/${[...issue.path, ...more].map(String).join('/')}`
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(key => `${at(key)}: no such setting; docs/deploy.md has them all`)
    const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined')
    return [`${at()}: ${missing ? 'is missing; docs/deploy.md says what it is' : issue.message}`]
  })

/** Reads the file of a stage. Throws StageError with each fault, where it is and how it is mended. */
export const readStage = (stage: string, from = folder): Stage => {
  const named = StageName.safeParse(stage)
  if (!named.success)
    throw new StageError(`--stage ${stage}: ${named.error.issues[0]?.message ?? 'no name'}`)
  const file = new URL(`${stage}.json`, from)
  const shown = `infra/stages/${stage}.json`
  if (!existsSync(file))
    throw new StageError(
      `--stage ${stage}: there is no ${shown}. There are ${stages(from).join(', ')}; copy one of them`,
    )
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new StageError(`${shown}: no JSON (${error instanceof Error ? error.message : 'broken'})`)
  }
  const settings = Settings.safeParse(json)
  if (!settings.success)
    throw new StageError(
      faultsIn(settings.error)
        .map(fault => `${shown} ${fault}`)
        .join('\n'),
    )
  return { stage, settings: settings.data }
}

/** Names that nobody can have (RFC 2606, RFC 6761). */
const placeholder =
  /(^|[.@])(example\.(org|com|net)|[^.@]+\.(example|test|invalid)|localhost)(\/|$)/

/** What of the settings still has to become one's own before anything is deployed, a line each. */
export const placeholdersIn = ({ stage, settings }: Stage): string[] => {
  const { authority, name, alarms } = settings
  const values = [
    ['/authority', authority],
    ['/name', name],
    ...alarms.emails.map((email, i) => [`/alarms/emails/${i}`, email] as const),
  ] as const
  return values.flatMap(([at, value]) =>
    value !== undefined && placeholder.test(value)
      ? [`infra/stages/${stage}.json ${at}: ${value} is an example; put your own`]
      : [],
  )
}
