// Both sides' systems and compliance officers, and whose key is which, for files about the access log.
import { type HubPlace, callerOf, hubFileOf } from './callers.ts'

export const officersOf = async (hub: HubPlace) => ({
  igm: await callerOf(hub, 'igm-system'),
  ala: await callerOf(hub, 'ala-system'),
  officers: {
    IGM: await callerOf(hub, 'igm-compliance'),
    ALA: await callerOf(hub, 'ala-compliance'),
  },
  keyids: Object.fromEntries(hubFileOf(hub).keys.map(({ name, keyid }) => [name, keyid])),
})
