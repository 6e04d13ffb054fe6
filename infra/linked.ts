// Templates that import from each other, read as the one hub that they are when deployed: for the local hub, for
// whoever reviews permissions and for tests.
import * as z from 'zod'

const Read = z.looseObject({
  Resources: z.record(z.string(), z.unknown()),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({
        Value: z.unknown(),
        Export: z.looseObject({ Name: z.unknown() }).optional(),
      }),
    )
    .default({}),
})

/** Resources by their logical ids. */
export type Linked = { readonly Resources: Readonly<Record<string, unknown>> }

/**
 * All resources of the templates, each `Fn::ImportValue` as what it imports. Throws where two have one logical id, or
 * where something is imported that none exports.
 */
export const linked = (templates: readonly unknown[]): Linked => {
  const read = templates.map(template => Read.parse(template))
  const exported = new Map(
    read.flatMap(({ Outputs }) =>
      Object.values(Outputs).flatMap(({ Value, Export }) =>
        typeof Export?.Name === 'string' ? [[Export.Name, Value] as const] : [],
      ),
    ),
  )
  const link = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(link)
    if ('Fn::ImportValue' in value) {
      const name = value['Fn::ImportValue']
      if (typeof name !== 'string' || !exported.has(name))
        throw new Error(`the templates export no ${JSON.stringify(name)}: is one of them missing?`)
      return exported.get(name)
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, link(inner)]))
  }
  const Resources: Record<string, unknown> = {}
  for (const template of read)
    for (const [id, resource] of Object.entries(template.Resources)) {
      if (Object.hasOwn(Resources, id)) throw new Error(`two templates have a resource ${id}`)
      Resources[id] = link(resource)
    }
  return { Resources }
}
