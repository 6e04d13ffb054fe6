// What a reviewer asks of all permissions together. The questions stand here; every answer comes from the statements.
import type { Permissions } from './read.ts'
import { accessesOf } from './reasons.ts'
import { actionsOf } from './words.ts'

type Held = {
  readonly holder: string
  readonly action: string
  readonly resource: string
  readonly rows?: string
}

const heldIn = ({ functions }: Permissions): Held[] =>
  functions.flatMap(({ name, may }) =>
    may
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(statement => accessesOf(statement).map(access => ({ holder: name, ...access }))),
  )

/** What it takes to do something: any of the actions, on the resource or an index of it, and on this row of it. */
type Power = {
  readonly actions: readonly string[]
  readonly on: string
  readonly row?: string
}

const reading = ['GetItem', 'BatchGetItem', 'Query', 'Scan']
const items = (...actions: string[]) => actions.map(action => `dynamodb:${action}`)

const powers = {
  'open an envelope': { actions: ['kms:Decrypt'], on: 'EnvelopeKey' },
  'make the key of a new envelope': { actions: ['kms:GenerateDataKey'], on: 'EnvelopeKey' },
  'read the wrapped key of a referral': { actions: items(...reading), on: 'ReferralKeys' },
  'destroy the key of a referral': { actions: items('DeleteItem'), on: 'ReferralKeys' },
  'keep a key for a referral, or another in its place': {
    actions: items('PutItem', 'UpdateItem'),
    on: 'ReferralKeys',
  },
  'read sealed content': { actions: items(...reading), on: 'Referrals', row: 'envelope#0' },
  'list referrals': { actions: items('Query', 'Scan'), on: 'Referrals' },
  'take messages from an inbox': { actions: ['sqs:ReceiveMessage'], on: 'Inbox*' },
  'put messages into an inbox': { actions: ['sqs:SendMessage'], on: 'Inbox*' },
  'sign the log': { actions: ['kms:Sign'], on: 'LogKey' },
  'write or delete entries that have their place in the log': {
    actions: items('PutItem', 'UpdateItem', 'DeleteItem'),
    on: 'AccessLog',
    row: 'entry#0',
  },
  'keep a cosignature': {
    actions: items('PutItem', 'UpdateItem'),
    on: 'AccessLog',
    row: 'cosigned',
  },
  'change who may call': { actions: items('PutItem', 'UpdateItem', 'DeleteItem'), on: 'Directory' },
  'write or delete an event of a consent': {
    actions: items('PutItem', 'UpdateItem', 'DeleteItem'),
    on: 'ConsentLedger',
  },
} as const satisfies Record<string, Power>
type PowerName = keyof typeof powers

/** What nobody should hold together; who does is named. */
const together: readonly (readonly [PowerName, PowerName])[] = [
  ['open an envelope', 'list referrals'],
  ['open an envelope', 'make the key of a new envelope'],
  ['open an envelope', 'change who may call'],
  ['open an envelope', 'put messages into an inbox'],
  ['open an envelope', 'destroy the key of a referral'],
  ['read sealed content', 'list referrals'],
  ['take messages from an inbox', 'put messages into an inbox'],
  ['sign the log', 'keep a cosignature'],
  ['sign the log', 'change who may call'],
  ['sign the log', 'destroy the key of a referral'],
]

const matches = (pattern: string, text: string) =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : pattern === text

const isHeld = ({ actions, on, row }: Power, { action, resource, rows }: Held): boolean =>
  actions.some(one => matches(action, one)) &&
  (resource === '*' || matches(on, resource) || resource.startsWith(`${on}/index/`)) &&
  (row === undefined || rows === undefined || matches(rows, row))

const names = (held: readonly Held[]) => [...new Set(held.map(({ holder }) => holder))].toSorted()

export type Answers = {
  /** Who may do what matters most. */
  readonly who: readonly { readonly power: PowerName; readonly holders: readonly string[] }[]
  /** Who may do two things that nobody should do both. */
  readonly both: readonly {
    readonly powers: readonly [PowerName, PowerName]
    readonly holders: readonly string[]
  }[]
  /** For each table, queue and key: who may what, by rows where statements name them, and what no function may. */
  readonly resources: readonly {
    readonly resource: string
    readonly may: readonly {
      readonly action: string
      /** Empty: all of it. */
      readonly on: readonly string[]
      readonly holders: readonly string[]
    }[]
    readonly nobody: readonly string[]
  }[]
}

/** The rows, or the index, that an access is about; empty where it is about all of the resource. */
const partOf = (resource: string, one: Held): string =>
  one.rows ?? (one.resource === resource ? '' : one.resource.slice(resource.length + 1))

/** What is said of one resource: accesses with the same holders are one line. */
const resourceAnswers = (resource: string, service: string, all: readonly Held[]) => {
  const held = all.filter(
    one => one.resource === resource || one.resource.startsWith(`${resource}/index/`),
  )
  const actions = [...new Set(held.map(({ action }) => action))].toSorted()
  return {
    resource,
    may: actions.flatMap(action => {
      const mine = held.filter(one => one.action === action)
      const byPart = Map.groupBy(mine, one => partOf(resource, one))
      const byHolders = Map.groupBy([...byPart], ([, some]) => names(some).join())
      return [...byHolders.values()].map(parts => ({
        action,
        on: parts
          .map(([on]) => on)
          .filter(on => on !== '')
          .toSorted(),
        holders: names(parts.flatMap(([, some]) => some)),
      }))
    }),
    nobody: actionsOf(service).filter(action => !actions.some(one => matches(one, action))),
  }
}

export const answersOf = (permissions: Permissions): Answers => {
  const held = heldIn(permissions)
  const holdersOf = (power: PowerName) => names(held.filter(one => isHeld(powers[power], one)))
  const { tables, queues, keys } = permissions
  return {
    who: (Object.keys(powers) as PowerName[]).map(power => ({ power, holders: holdersOf(power) })),
    both: together.map(([one, other]) => ({
      powers: [one, other],
      holders: holdersOf(one).filter(name => holdersOf(other).includes(name)),
    })),
    resources: [
      ...tables.map(id => resourceAnswers(id, 'dynamodb', held)),
      ...keys.map(id => resourceAnswers(id, 'kms', held)),
      ...queues.map(id => resourceAnswers(id, 'sqs', held)),
    ],
  }
}

/** What must not be: a permission without a reason, or one that nobody would see. */
export const findingsIn = ({ functions, otherRoles }: Permissions): string[] => [
  ...functions.flatMap(({ name, why, may, invokers }) => [
    ...(why === '' ? [`${name} has no line in infra/functions.ts`] : []),
    ...may.flatMap(({ unexplained, effect }) =>
      effect === 'Deny'
        ? []
        : unexplained.map(
            ({ action, resource, rows }) =>
              `nothing says why ${name} may ${action} on ${resource}${rows ? ` (${rows})` : ''}`,
          ),
    ),
    ...invokers
      .filter(({ source }) => source === '')
      .map(({ service }) => `${service} may invoke ${name} for whom it likes: no SourceArn`),
  ]),
  ...otherRoles.map(role => `${role} is no function’s role, and nothing says what it is for`),
]
