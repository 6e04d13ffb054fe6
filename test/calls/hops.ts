// How many round trips come one after the other.

/** When a call began and when it was answered, in milliseconds of one clock. */
export type Span = { begun: number; ended: number }

/**
 * For each call the length of the longest chain that ends with it, each call of a chain begun after the one before was
 * answered: 1 for what waits for nothing. Exact where calls made side by side have all come before the first is
 * answered, which is why the counting endpoint holds them up. A busy machine can only make it more.
 */
export const hopOf = (spans: readonly Span[]): number[] => {
  const hops = spans.map(() => 0)
  const inOrder = [...spans.entries()].toSorted(([, one], [, other]) => one.begun - other.begun)
  for (const [at, span] of inOrder)
    hops[at] =
      1 + Math.max(0, ...spans.map(({ ended }, i) => (ended <= span.begun ? (hops[i] ?? 0) : 0)))
  return hops
}

/** Round trips one after the other: the longest chain. */
export const hopsOf = (spans: readonly Span[]): number => Math.max(0, ...hopOf(spans))
