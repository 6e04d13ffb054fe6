// What a hub is called in all that outlives a request: its log, its events, its problems. One setting of a deployment;
// it stays.
import * as z from 'zod'

/**
 * A host as callers know it (RFC 3986 §3.2.2, lower case, with its port if it has one), and a path where hubs of one
 * host are several: `hub.example.org`, `hub.example.org/trial`.
 */
export const HubName = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?(\/[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  )
  .brand('HubName')
export type HubName = z.infer<typeof HubName>

/**
 * Every hub that runs on one machine for trying things out: on a host that nobody can have (RFC 2606 §2), and says what
 * it is.
 */
export const localHubName = HubName.parse('referral-hub.example/local')

/** What the log signs itself as (C2SP tlog-checkpoint: a schema-less URL). Another origin is another log. */
export const logOrigin = (name: HubName): string => `${name}/access-log`

/** `source` of its events (CloudEvents 1.0): with their `id` it names each of them. */
export const eventSource = (name: HubName): string => `https://${name}/v1`

/** `type` of a problem (RFC 9457 §3.1.1): the same for all hubs of a host, which mean the same by it. */
export const problemType = (name: HubName, code: string): string =>
  `https://${name.split('/', 1)[0]}/problems/${code}`
