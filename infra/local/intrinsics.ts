// CloudFormation's intrinsic functions, those that the template uses. What is not known here is an error, never passed
// through.
import { account, region, stackName } from './names.ts'

type Json = unknown
type Lookup = { ref: (id: string) => string; attribute: (id: string, name: string) => string }

const pseudo: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
}

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A function that resolves every intrinsic in a value of the template. `Ref: AWS::NoValue` leaves its member out.
 * Throws on any other.
 */
export const resolver = ({ ref, attribute }: Lookup) => {
  const refer = (id: string): string => {
    if (!id.startsWith('AWS::')) return ref(id)
    const value = pseudo[id]
    if (value === undefined)
      throw new Error(`the local hub does not know the pseudo parameter ${id}`)
    return value
  }

  const asText = (value: Json): string => {
    const resolved = resolve(value)
    if (typeof resolved === 'string') return resolved
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved)
    throw new Error(`expected text, found ${JSON.stringify(resolved)}`)
  }

  const asList = (value: Json): Json[] => {
    const resolved = resolve(value)
    if (!Array.isArray(resolved))
      throw new Error(`expected a list, found ${JSON.stringify(resolved)}`)
    return resolved
  }

  const substitute = (argument: Json): string => {
    const [template, own] = Array.isArray(argument) ? argument : [argument, {}]
    const values = isRecord(own) ? own : {}
    return asText(template).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (Object.hasOwn(values, name)) return asText(values[name])
      const dot = name.indexOf('.')
      return dot < 0 ? refer(name) : attribute(name.slice(0, dot), name.slice(dot + 1))
    })
  }

  const functions: Record<string, (argument: Json) => Json> = {
    Ref: argument => refer(String(argument)),
    'Fn::GetAtt': argument => {
      const [id, ...name] = Array.isArray(argument) ? argument : String(argument).split('.')
      return attribute(String(id), name.map(asText).join('.'))
    },
    'Fn::Join': argument => {
      const [separator, parts] = argument as [string, Json]
      return asList(parts).map(asText).join(separator)
    },
    'Fn::Split': argument => {
      const [separator, value] = argument as [string, Json]
      return asText(value).split(separator)
    },
    'Fn::Select': argument => {
      const [index, list] = argument as [Json, Json]
      const chosen = asList(list)[Number(asText(index))]
      if (chosen === undefined) throw new Error(`Fn::Select has no element ${asText(index)}`)
      return chosen
    },
    'Fn::Sub': substitute,
  }

  const resolve = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(resolve).filter(item => item !== undefined)
    if (!isRecord(value)) return value
    const [name, ...others] = Object.keys(value)
    if (others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
      if (value[name] === 'AWS::NoValue') return undefined
      const apply = functions[name]
      if (!apply) throw new Error(`the local hub does not know the intrinsic function ${name}`)
      return apply(value[name])
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [key, resolve(member)] as const)
        .filter(([, member]) => member !== undefined),
    )
  }
  return resolve
}
export type Resolve = ReturnType<typeof resolver>
