// IAM policy evaluation for the statements that the template has. What it does not know, it refuses to read: an unknown
// operator, condition key or element throws when the statements are compiled, it never allows.
import * as z from 'zod'

const OneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (Array.isArray(value) ? value : [value]))

/** `Principal` is for resource policies, whose reader picks the statements that speak of its caller. */
const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: OneOrMore,
  Condition: z
    .record(
      z.string(),
      z.record(z.string(), z.union([OneOrMore, z.boolean().transform(value => [String(value)])])),
    )
    .optional(),
  Principal: z.unknown().optional(),
})
type Statement = z.infer<typeof Statement>

/**
 * What a call says of itself: condition key in lower case → its values. A key that the call does not have is absent.
 */
export type Context = Readonly<Record<string, readonly string[]>>
export type Call = { action: string; resource: string; context: Context }
export type Decision = 'allowed' | 'denied' | 'not allowed'
type Test = (context: Context) => boolean

const single = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:securetransport',
  'kms:calleraccount',
  'kms:macalgorithm',
  'kms:messagetype',
  'kms:signingalgorithm',
  'kms:viaservice',
])
const several = new Set(['dynamodb:leadingkeys', 'kms:encryptioncontextkeys'])

const isKnownKey = (key: string) =>
  single.has(key) || several.has(key) || key.startsWith('kms:encryptioncontext:')

/** `*` any characters, `?` exactly one, all else itself. */
const pattern = (glob: string, flags = ''): RegExp => {
  if (glob.includes('${')) throw new Error(`the policy variable in ${glob} is not supported`)
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, `s${flags}`)
}

const literal = (value: string): string => {
  if (value.includes('${')) throw new Error(`the policy variable in ${value} is not supported`)
  return value
}

type Match = (values: string[]) => (value: string) => boolean
const equals: Match = values => {
  const allowed = new Set(values.map(literal))
  return value => allowed.has(value)
}
const like: Match = values => {
  const patterns = values.map(value => pattern(value))
  return value => patterns.some(each => each.test(value))
}
const bool: Match = values => {
  const wanted = new Set(values.map(value => value.toLowerCase()))
  return value => wanted.has(value.toLowerCase())
}

const operators: Record<string, { match: Match; negated: boolean }> = {
  StringEquals: { match: equals, negated: false },
  StringNotEquals: { match: equals, negated: true },
  StringLike: { match: like, negated: false },
  StringNotLike: { match: like, negated: true },
  ArnEquals: { match: like, negated: false },
  ArnLike: { match: like, negated: false },
  Bool: { match: bool, negated: false },
}

const conditionTest = (operator: string, name: string, values: string[]): Test => {
  const key = name.toLowerCase()
  if (!isKnownKey(key)) throw new Error(`the condition key ${name} is not supported`)
  if (operator === 'Null') {
    const absent = values.every(value => value === 'true')
    if (!absent && values.some(value => value !== 'false'))
      throw new Error('Null takes true or false')
    return context => ((context[key]?.length ?? 0) === 0) === absent
  }
  const [, set, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  const known = Object.hasOwn(operators, base) ? operators[base] : undefined
  if (!known) throw new Error(`the condition operator ${operator} is not supported`)
  if (set === undefined && several.has(key))
    throw new Error(`${name} has several values: it needs ForAllValues or ForAnyValue`)
  const matches = known.match(values)
  const holds = (value: string) => matches(value) !== known.negated
  return context => {
    const present = context[key] ?? []
    if (present.length === 0 && ifExists) return true
    if (set === 'ForAllValues') return present.every(holds)
    if (set === 'ForAnyValue') return present.some(holds)
    // A key that is absent matches nothing: true only of a negated operator.
    return present.length === 0 ? known.negated : present.every(holds)
  }
}

const compileOne = (statement: Statement) => {
  const actions = statement.Action.map(action => pattern(action, 'i'))
  const resources = statement.Resource.map(resource => pattern(resource))
  const tests = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => conditionTest(operator, key, values)),
  )
  return {
    deny: statement.Effect === 'Deny',
    isAbout: (action: string) => actions.some(each => each.test(action)),
    holds: ({ resource, context }: Call) =>
      resources.some(each => each.test(resource)) && tests.every(test => test(context)),
  }
}

/**
 * Reads `statements` (parsed JSON) once; the function it returns decides calls. A Deny wins over any Allow. Throws on
 * what it does not know.
 */
export const policy = (statements: readonly unknown[]): ((call: Call) => Decision) => {
  const compiled = statements.map(statement => compileOne(Statement.parse(statement)))
  const byAction = new Map<string, typeof compiled>()
  return call => {
    let about = byAction.get(call.action)
    if (!about) {
      about = compiled.filter(statement => statement.isAbout(call.action))
      byAction.set(call.action, about)
    }
    const holding = about.filter(statement => statement.holds(call))
    if (holding.some(statement => statement.deny)) return 'denied'
    return holding.length > 0 ? 'allowed' : 'not allowed'
  }
}
