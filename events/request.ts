/**
 * A request has ended by then, milliseconds from its beginning: its effect has committed or never will, its answer is
 * sent or lost. No function behind a route runs as long (test/infra/limits.test.ts).
 */
export const requestEndsWithin = 30_000
