// What this function instance lately served, so that a replay of it costs nothing: no call, and no token of the key
// that signed it. The transaction decides (functions/aws/requests.ts); what is forgotten here, or was served elsewhere,
// is refused there.

/** Two of these, of some 200 bytes a name: under 3 MB. */
const generation = 5000

/** Names that were added, at least the last 5,000 of them. */
export const recent = (size = generation) => {
  let [now, before] = [new Set<string>(), new Set<string>()]
  return {
    has: (name: string): boolean => now.has(name) || before.has(name),
    add: (name: string): void => {
      if (now.size >= size) [now, before] = [new Set(), now]
      now.add(name)
    },
  }
}
