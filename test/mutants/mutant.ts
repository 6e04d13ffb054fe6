// A security-relevant change of the code that tests must notice.

/** Replaces `find`, which occurs exactly once in `file`; at least one of `tests` must then fail. Paths are from the repository's root. */
export type Mutant = {
  name: string
  file: string
  find: string
  replace: string
  tests: readonly string[]
}
