// Walks a zod shape: every object it has, with the place it is at (`*` for any element of a list).
import type * as z from 'zod'

type Def = z.core.$ZodTypes['_zod']['def']
const defOf = (shape: z.core.$ZodType): Def => (shape as unknown as { def: Def }).def

/** `others`: the kind of shape that members without a name in the object must have, `never` where there may be none. */
export type Place = { at: string; others: string | undefined }

export const objectsOf = (shape: z.core.$ZodType, at = ''): Place[] => {
  const def = defOf(shape)
  switch (def.type) {
    case 'object':
      return [
        { at, others: def.catchall && defOf(def.catchall).type },
        ...Object.entries(def.shape).flatMap(([name, member]) =>
          objectsOf(member, `${at}/${name}`),
        ),
      ]
    case 'array':
      return objectsOf(def.element, `${at}/*`)
    case 'union':
      return def.options.flatMap(option => objectsOf(option, at))
    case 'record':
      return objectsOf(def.valueType, `${at}/*`)
    case 'pipe':
      return [...objectsOf(def.in, at), ...objectsOf(def.out, at)]
    case 'optional':
    case 'nullable':
    case 'default':
      return objectsOf(def.innerType, at)
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'transform':
      return []
    default:
      throw new Error(`a kind of shape that this walk does not know: ${def.type}`)
  }
}

/** Every object inside a JSON value, with its pointer (RFC 6901). */
export const objectsIn = (value: unknown, pointer = ''): { pointer: string; value: object }[] => {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, one]) =>
    objectsIn(one, `${pointer}/${name}`),
  )
  return Array.isArray(value) ? inside : [{ pointer, value }, ...inside]
}
