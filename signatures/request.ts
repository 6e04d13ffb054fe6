/** A request as whoever verifies it has it: the hub at its door, or somebody with a capture of it. */
export type HttpRequest = {
  method: string
  path: string
  /** Without its `?`; empty when there is none. */
  query: string
  /** Lower-case names; repeated fields joined by commas, as API Gateway does. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}
