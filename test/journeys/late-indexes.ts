// With HUB_FAULTS the indexes of a hub are late, as on AWS. Who asks for what is found by an index then asks once the
// indexes have what was written before, and the log what was done: a person would look again.
import type { Hub } from '../../infra/local/hub.ts'

const caughtUp = new Map<string, () => Promise<void>>()

/** Told by whoever starts a hub with faults. */
export const lateIndexes = ({ url, invoke, indexed }: Hub): void => {
  caughtUp.set(url, async () => {
    // Entries are found by an index once they have their place. It fails where a test lets KMS fail.
    await invoke('referral-hub-SequenceAccessLog', {}).catch(() => {})
    await indexed()
  })
}

const byIndex =
  /^\/v1\/(referrals|access-log|referrals\/[^/]+\/receipt|consents\/[^/]+\/certificate)$/

/** What an inbox is owed is found by an index too. */
const redrive = '/v1/inbox/redrive'

/** `fetch`, for callers in tests. */
export const fetchIndexed: typeof fetch = async (input, init) => {
  const { origin, pathname } = new URL(input instanceof Request ? input.url : input)
  const isGet = (init?.method ?? 'GET') === 'GET'
  if (pathname === redrive || (isGet && byIndex.test(pathname))) await caughtUp.get(origin)?.()
  return fetch(input, init)
}
