// How long answers take: counted in fixed buckets, so that a median needs none of the answers themselves. Pure.

const hour = 3_600_000

/**
 * Upper ends of the buckets, in hours. Each is at most half again as long as the one before, from two hours on, and so
 * is the error of what is read from them.
 */
export const bucketEnds = [
  1, 2, 3, 4, 6, 8, 12, 16, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720, 1080, 1440,
] as const

/** The bucket of a length of time in milliseconds: the first that ends no earlier. The last has no end. */
export const bucketOf = (milliseconds: number): number => {
  const bucket = bucketEnds.findIndex(end => milliseconds <= end * hour)
  return bucket === -1 ? bucketEnds.length : bucket
}

/**
 * In how many hours a share of the answers had come: the end of the bucket that its last one is in. The true figure is
 * no longer, and longer than the end of the bucket before. Beyond 1,440 hours it is 1,440.
 *
 * @param counts answers in each bucket
 * @param share 0.5 for the median (of an even number the lower of the two), 0.9 for the 90th percentile (nearest rank)
 */
export const quantile = (counts: readonly number[], share: number): number | undefined => {
  const total = counts.reduce((sum, n) => sum + n, 0)
  if (total === 0) return undefined
  const rank = Math.ceil(total * share)
  let seen = 0
  for (const [bucket, n] of counts.entries()) {
    seen += n
    if (seen >= rank) return bucketEnds[bucket] ?? bucketEnds.at(-1)
  }
  return undefined
}
