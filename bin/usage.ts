// What is wrong with how a command was called, and the readers of its arguments. Never repeats what was typed or read.
import { InvalidArgumentError } from 'commander'
import type * as z from 'zod'
import type { Labels } from '../texts/labels.ts'
import type { TextKey, Values } from '../texts/hub.ts'

/** Exit 2, with a text of the catalogue. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly key: TextKey
  readonly values: Values

  constructor(key: TextKey, values: Values = {}) {
    super(key)
    this.key = key
    this.values = values
  }
}

/** A commander argument reader for whole numbers from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text)
  if (!/^\d{1,6}$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`${least}–${most}`)
  return value
}

/**
 * A commander argument reader for instants: RFC 3339 with its zone, or a day of Guatemala (UTC-6, no daylight saving), which
 * means its first or its last millisecond.
 */
export const instant = (edge: 'start' | 'end') => (text: string) => {
  const day = edge === 'start' ? 'T00:00:00.000-06:00' : 'T23:59:59.999-06:00'
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}${day}` : text
  const time = Date.parse(whole)
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(whole) || Number.isNaN(time))
    throw new InvalidArgumentError('YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ')
  return new Date(time).toISOString()
}

/** A commander argument reader for one of a closed list of codes. `labels` are its words on the page of `--help`. */
export const oneOf = <Code extends string>(codes: readonly Code[], labels?: Labels<Code>) =>
  Object.assign(
    (text: string): Code => {
      const found = codes.find(code => code === text)
      if (found === undefined) throw new InvalidArgumentError(codes.join(' | '))
      return found
    },
    { codes, labels },
  )

/** A commander argument reader for codes of a closed list, separated by commas. */
export const someOf = <Code extends string>(codes: readonly Code[], labels?: Labels<Code>) =>
  Object.assign((text: string): Code[] => text.split(',').map(oneOf(codes)), { codes, labels })

/** A commander argument reader for what a shape of the contract takes. */
export const matching =
  <Shape extends z.ZodType<string>>(shape: Shape) =>
  (text: string): z.infer<Shape> => {
    const parsed = shape.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError('')
    return parsed.data
  }
