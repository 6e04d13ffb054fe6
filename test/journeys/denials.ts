// Refusals, as a caller gets them and as an officer finds them.
import { expect } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { type CallerName, type HubPlace, callerOf, hubFileOf } from './callers.ts'
import type { RawAnswer } from './signed-requests.ts'

/** An answer without what is its own: status, media type, and the problem. */
export const bodyOf = ({ status, headers, json }: RawAnswer) => {
  const { instance, ...rest } = json
  expect(instance).toBe(headers.get('x-request-id'))
  return [status, headers.get('content-type'), rest]
}
/** What everybody gets who may not, or asks for what there is not. */
export const forbidden = [
  403,
  'application/problem+json',
  {
    type: 'https://referral-hub.example/problems/forbidden',
    title: 'No tiene permiso para esto, o no existe',
    status: 403,
    code: 'forbidden',
  },
]

/** Everything an officer can see of what a key was refused, newest first. */
export const deniedIn = async (
  hub: HubPlace,
  officer: CallerName,
  caller: CallerName,
): Promise<AccessLogEntry[]> => {
  const { keyid } = hubFileOf(hub).keys.find(({ name }) => name === caller) ?? { keyid: '' }
  const client = await callerOf(hub, officer)
  const entries: AccessLogEntry[] = []
  for await (const entry of client.everyEntry({ keyid, outcome: 'denied', limit: 200 }))
    entries.push(entry)
  return entries
}
