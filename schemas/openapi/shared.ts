// What a document would say more than once, said once and referred to.

/**
 * `all`: every place's wish for a name, and what would stand there. What stands in two places or more becomes a
 * component of that kind; `refer` gives the reference to it, or the thing itself where it stands alone.
 */
export const shared = (kind: string, all: readonly (readonly [name: string, value: object])[]) => {
  const components: Record<string, object> = {}
  const references = new Map<string, { $ref: string }>()
  for (const [text, [first, ...others]] of Map.groupBy(all, ([, value]) => JSON.stringify(value))) {
    if (!first || others.length === 0) continue
    const [wish, value] = first
    let name = wish
    for (let n = 2; name in components; n++) name = `${wish}-${n}`
    components[name] = value
    references.set(text, { $ref: `#/components/${kind}/${name}` })
  }
  return {
    components,
    refer: (value: object): object => references.get(JSON.stringify(value)) ?? value,
  }
}
