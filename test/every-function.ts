/**
 * How many functions keep their threads on the hubs of tests: all. Eight do on a hub of its own process, and a test
 * that goes from door to door would start one for nearly every request: that was three quarters of such a file's time.
 */
export const everyFunction = 64
