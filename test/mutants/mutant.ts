// A security-relevant change of the code that tests must notice.

/** Replaces `find`, which occurs exactly once in the file. */
type Edit = { find: string; replace: string }

/**
 * At least one of `tests` must fail with the edit made. Paths are from the repository's root.
 * `also`: more edits of the same file, for what two conditions guard, each of which is enough by itself.
 */
export type Mutant = Edit & {
  name: string
  file: string
  also?: readonly Edit[]
  tests: readonly string[]
}
