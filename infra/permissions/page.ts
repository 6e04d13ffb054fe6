// The page that a reviewer reads: docs/reference/permissions.md, made of what the template lets through.
import { type Answers, answersOf, findingsIn } from './answers.ts'
import type { FunctionPermissions, Permissions, ResourcePolicy } from './read.ts'
import type { Access, Permission } from './reasons.ts'
import { code, conditionWords, listed, wordsOf, wrapped } from './words.ts'

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
const services: Readonly<Record<string, string>> = {
  'apigateway.amazonaws.com': 'API Gateway',
  'events.amazonaws.com': 'EventBridge',
  'lambda.amazonaws.com': 'Lambda',
}

/** Whom a resource's policy speaks of. */
const principalWords = (principal: string): string =>
  principal === '*'
    ? 'anybody'
    : principal.endsWith(':root')
      ? 'whoever IAM lets in this account (its administrators too)'
      : (services[principal] ?? code(principal))

const actionWords = (actions: readonly string[]) =>
  `${listed(actions.map(wordsOf))} (${actions.map(code).join(', ')})`

const resourceWords = (
  { resources, patterns }: Pick<Permission, 'resources' | 'patterns'>,
  queues: readonly string[],
): string => {
  const inboxes = queues.filter(id => id.startsWith('Inbox'))
  if (inboxes.length > 1 && resources.toSorted().join() === inboxes.toSorted().join())
    return `every **inbox**, by their names (${listed(patterns.map(code))})`
  return listed(resources.map(id => `**${id}**`))
}

const conditionsOf = ({ conditions }: Pick<Permission, 'conditions'>) =>
  conditionWords(conditions)
    .map(words => `, ${words}`)
    .join('')

const byAction = (accesses: readonly Access[]): string =>
  [...Map.groupBy(accesses, ({ action }) => action)]
    .map(
      ([action, all]) =>
        `${wordsOf(action)}, ${listed(
          all.map(({ resource, rows }) => code(rows ?? resource)),
          'or',
        )}`,
    )
    .join('; ')

const permissionLines = (permission: Permission, queues: readonly string[]): string[] => {
  const { effect, actions, reasons, wider, unexplained } = permission
  return [
    `- It may ${effect === 'Deny' ? 'never ' : ''}${actionWords(actions)} ${actions[0]?.startsWith('kms:') ? 'with' : 'in'} ${resourceWords(permission, queues)}${conditionsOf(permission)}.`,
    ...reasons.map(({ from, why }) => `  - ${code(from)}: it ${why}.`),
    ...(wider.length > 0
      ? [
          `  - Asked for by none of these, and let through, as one transaction writes both: ${byAction(wider)}.`,
        ]
      : []),
    ...(unexplained.length > 0 && effect === 'Allow'
      ? [`  - **Nothing says why:** ${byAction(unexplained)}.`]
      : []),
  ]
}

const startedWords = (one: FunctionPermissions): string => {
  const by = [...Map.groupBy(one.invokers, ({ service }) => service)].map(([service, all]) => {
    const from = all.map(({ source }) => code(source.replace(/^arn:.*:/, '') || 'anywhere'))
    return `${services[service] ?? code(service)} for ${listed(from)}`
  })
  const routes = one.routes.length > 0 ? ` Its routes: ${one.routes.map(code).join(', ')}.` : ''
  const runs = one.schedules.map(({ expression }) => ` It runs at ${code(expression)}.`).join('')
  return `Nothing may invoke it but ${listed(by) || 'its account'}.${routes}${runs}`
}

const toldWords = ({ environment }: FunctionPermissions): string =>
  environment.length === 0
    ? 'It is told nothing.'
    : `It is told ${listed(environment.map(({ variable, value }) => `${code(variable)} (${value})`))}.`

/** The section of one function. */
export const functionSection = (
  one: FunctionPermissions,
  { queues }: Pick<Permissions, 'queues'>,
): string =>
  [
    `### ${one.name}`,
    '',
    `${one.why || '**Nothing says what it is for.**'} (${code(one.entry)}, ${one.timeoutSeconds} s at most)`,
    '',
    startedWords(one),
    '',
    ...one.may.flatMap(permission => permissionLines(permission, queues)),
    '',
    toldWords(one),
  ]
    .map(line => wrapped(line))
    .join('\n')

/** Names of functions; of most of them, those that are left out. */
const holderWords = (holders: readonly string[], all: readonly string[]): string => {
  const others = all.filter(name => !holders.includes(name))
  if (holders.length === 0) return 'nobody'
  if (others.length === 0) return 'every function'
  return others.length < all.length / 3 ? `all but ${listed(others)}` : listed(holders)
}

const bothLine = ({ powers: [one, other], holders }: Answers['both'][number]): string =>
  holders.length === 0
    ? `- No function may both ${one} and ${other}.`
    : `- **${listed(holders)}** may both ${one} and ${other}.`

const resourceLines = (
  { may, nobody }: Answers['resources'][number],
  all: readonly string[],
): string[] => [
  ...may.map(
    ({ action, on, holders }) =>
      `- ${capital(wordsOf(action))}${on.length > 0 ? `, ${listed(on.map(code), 'or')}` : ''}: ${holderWords(holders, all)}.`,
  ),
  `- No function may ${listed(nobody.map(wordsOf), 'or')}.`,
]

/** A section for each resource; those of which the same is to be said have one together. */
const resourceSections = ({ resources }: Answers, all: readonly string[]): string[] =>
  [...Map.groupBy(resources, one => resourceLines(one, all).map(wrapped).join('\n'))].flatMap(
    ([text, some]) => [`### ${some.map(({ resource }) => resource).join(', ')}`, '', text, ''],
  )

const isOfRoles = ({ operator, key }: ResourcePolicy['conditions'][number]) =>
  operator === 'StringEquals' && key === 'aws:PrincipalArn'

/** Whom a statement speaks of: the roles that it names, where it names some. */
const spokenOf = ({ principals, conditions }: ResourcePolicy): string => {
  const roles = conditions.find(isOfRoles)
  return roles
    ? conditionWords([roles]).join('').replace('only as the role', 'the role')
    : listed(principals.map(principalWords))
}

const policyWords = (policy: ResourcePolicy): string => {
  const { effect, actions, conditions } = policy
  const others = conditions.filter(one => !isOfRoles(one))
  return `${effect === 'Allow' ? 'lets' : 'refuses'} ${spokenOf(policy)} ${effect === 'Allow' ? '' : 'to '}${actionWords(actions)}${conditionsOf({ conditions: others })}`
}

/** What opens, signs or lets others do so; all else keeps a key in order. */
const uses = /^kms:(\*|CreateGrant|Decrypt|Derive|Encrypt|Generate|ReEncrypt|Sign|Verify)/

/** Keys that their own policies let nobody use but roles that are named. */
const keysHeld = (policies: readonly ResourcePolicy[]): string[] => {
  const ofKeys = policies.filter(
    ({ type, effect }) => type === 'AWS::KMS::Key' && effect === 'Allow',
  )
  const open = ofKeys.filter(
    ({ actions, conditions }) =>
      actions.some(action => uses.test(action)) && !conditions.some(isOfRoles),
  )
  return [...new Set(ofKeys.map(({ id }) => id))].filter(id => !open.some(one => one.id === id))
}

const policyLines = (policies: readonly ResourcePolicy[]): string[] => {
  const left = policies.filter(
    ({ type, effect, principals, actions }) =>
      type === 'AWS::KMS::Key' &&
      effect === 'Allow' &&
      actions.includes('kms:*') &&
      principals.some(one => one.endsWith(':root')),
  )
  const said = [...Map.groupBy(policies, policyWords)].map(
    ([words, all]) =>
      `- The own policy of ${listed(all.map(({ id }) => code(id.replace(/Policy$/, ''))))} ${words}.`,
  )
  const held = keysHeld(policies)
  const kept =
    held.length === 0
      ? []
      : [
          `- So nobody but these roles can use ${listed(held.map(code))}, whatever else IAM lets them do: an administrator can manage these keys. To use one they would have to change its policy, which is told ([operations](../operations.md#a-key-is-changed)), or act as one of the roles, by other code or by a change of whom it trusts.`,
        ]
  return left.length === 0
    ? [...said, ...kept]
    : [
        ...said,
        ...kept,
        `- So IAM alone decides about ${listed(left.map(({ id }) => code(id)))}: who administers the account can administer these keys, and can also give themselves the use of them.`,
      ]
}

const intro = [
  '# Permissions',
  '',
  'Who may do what in AWS, and why. Made by `npm run permissions -- --write` from the template that is deployed, do not edit; `test/infra/permissions.test.ts` holds it. What each function is for, and each of its permissions, stands in [infra/functions.ts](../../infra/functions.ts) and [infra/capabilities.ts](../../infra/capabilities.ts); without it they do not compile, and a permission that nothing explains fails the test.',
  '',
  'Each function has a role of its own, which only Lambda may act as, and what is not said here it may not do. Where rows are named, each action has its own. An action of a transaction names all rows that the transaction writes in the table, so that none depends on how DynamoDB tells IAM of them; what that lets through, and nothing else asks for, is said.',
  '',
  'The page knows the template alone: not what else an account has, such as its administrators or roles made by hand.',
  '',
]

/** The whole page. */
export const pageOf = (permissions: Permissions): string => {
  const { functions, policies } = permissions
  const all = functions.map(({ name }) => name)
  const answers = answersOf(permissions)
  const findings = findingsIn(permissions)
  const lines = [
    ...intro,
    ...(findings.length > 0
      ? ['## What must not be', '', ...findings.map(text => `- ${capital(text)}.`), '']
      : []),
    '## Who may do what matters most',
    '',
    ...answers.who.map(
      ({ power, holders }) => `- ${capital(power)}: **${holderWords(holders, all)}**.`,
    ),
    '',
    '## What nobody should do together',
    '',
    ...answers.both.map(bothLine),
    '',
    '## What keys and queues say themselves',
    '',
    ...policyLines(policies),
    '',
  ].map(line => wrapped(line))
  return [
    ...lines,
    '## Function by function',
    '',
    ...functions.flatMap(one => [functionSection(one, permissions), '']),
    '## Table by table, key by key, queue by queue',
    '',
    ...resourceSections(answers, all),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
