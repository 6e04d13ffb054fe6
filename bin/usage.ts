// What is wrong with how a command was called, and the readers of its arguments. Never repeats what was typed or read.
import { InvalidArgumentError } from 'commander'
import type * as z from 'zod'
import { instantAt } from '../schemas/instants.ts'
import type { Labels, Language } from '../texts/labels.ts'
import type { Values } from '../texts/filled.ts'
import type { TextKey } from '../texts/hub.ts'

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
 * A commander argument reader for instants: RFC 3339 with its zone, or a day of Guatemala (UTC-6, no daylight saving),
 * which means its first or its last millisecond.
 */
export const instant = (edge: 'start' | 'end') => (text: string) => {
  const day = edge === 'start' ? 'T00:00:00.000-06:00' : 'T23:59:59.999-06:00'
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}${day}` : text
  const time = Date.parse(whole)
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(whole) || Number.isNaN(time))
    throw new InvalidArgumentError('YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ')
  return instantAt(time)
}

/** Letters without accents, in lower case: `Protección` is `proteccion`. */
export const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()

/**
 * A commander argument reader for one of a closed list of codes, by its code or, where it has words, by its word in
 * either language (`aceptada`, whatever its case and accents). What is none is told what is allowed, in the words of
 * `language`.
 * @param labels the codes' words; `--help` shows them too
 */
export const oneOf = <Code extends string>(
  codes: readonly Code[],
  labels?: Partial<Labels<Code>>,
  language: Language = 'es',
) => {
  const wordsOf = (code: Code) => [code, labels?.[code]?.es ?? code, labels?.[code]?.en ?? code]
  const meant = (code: Code) => {
    const word = labels?.[code]?.[language]
    return word === undefined ? code : `${code} (${word})`
  }
  return Object.assign(
    (text: string): Code => {
      const exact = codes.find(code => code === text)
      const [found, ...others] = codes.filter(code =>
        wordsOf(code).map(plain).includes(plain(text)),
      )
      if (exact !== undefined) return exact
      if (found === undefined || others.length > 0)
        throw new InvalidArgumentError(codes.map(meant).join(labels ? ', ' : ' | '))
      return found
    },
    { codes, labels },
  )
}

/** A commander argument reader for codes of a closed list, or their words, separated by commas. */
export const someOf = <Code extends string>(
  codes: readonly Code[],
  labels?: Labels<Code>,
  language?: Language,
) =>
  Object.assign((text: string): Code[] => text.split(',').map(oneOf(codes, labels, language)), {
    codes,
    labels,
  })

/** A commander argument reader for what a shape of the contract takes. `form`: what it looks like. */
export const matching =
  <Shape extends z.ZodType<string>>(shape: Shape, form = '') =>
  (text: string): z.infer<Shape> => {
    const parsed = shape.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(form)
    return parsed.data
  }
