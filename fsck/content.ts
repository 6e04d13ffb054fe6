// Content, keys and names: there exactly as long as their referral says.
import { envelopeDigest } from '../functions/crypto/envelope.ts'
import type { Facts, Kept } from './facts.ts'
import type { Find } from './snapshot.ts'

export const verifyContent = (facts: Facts, find: Find): void => {
  const { referrals, envelopes, keys } = facts
  for (const id of keys) if (!referrals.has(id)) find('key-orphan', `ReferralKeys ${id}`)
  for (const id of envelopes.keys())
    if (!referrals.has(id)) find('content-orphan', `Referrals envelope#${id}`)
  for (const kept of referrals.values()) verifyOne(kept, facts, find)
  verifyGuards(facts, find)
}

/** Of a handover, key and ciphertext are those of the referral that it comes of. */
const verifyOne = ({ row }: Kept, { envelopes, keys, referrals }: Facts, find: Find): void => {
  const { referralId, partOf, contentState, envelopeDigest: sealed } = row
  const record = `referral ${referralId}`
  const of = partOf ?? referralId
  const envelope = referrals.get(of)?.row.envelope ?? envelopes.get(of)
  if (contentState === 'shredded') {
    if (keys.has(of)) find('content-of-shredded', record, 'key')
    // 0.1.0 left an empty one.
    if (Object.keys(envelope ?? {}).length > 0) find('content-of-shredded', record, 'ciphertext')
    return
  }
  if (!keys.has(of)) find('key-missing', record)
  if (!envelope) find('content-missing', record)
  else if (envelopeDigest(envelope) !== sealed) find('content-altered', record, sealed)
}

const verifyGuards = ({ referrals, guards }: Facts, find: Find): void => {
  const numbered = new Set<string>()
  for (const [name, id] of guards) {
    const row = referrals.get(id)?.row
    const [kind] = name.split('#')
    if (kind === 'external-id') numbered.add(id)
    const borne =
      row &&
      (kind === 'external-id' ||
        (kind === 'folio' && name === `folio#${row.folio}`) ||
        row.openGuards.includes(name))
    if (!borne) find('guard-orphan', `Referrals ${name}`, id)
  }
  for (const { row } of referrals.values()) {
    const { referralId, folio, openGuards, partOf } = row
    const missing = [`folio#${folio}`, ...openGuards].filter(
      name => guards.get(name) !== referralId,
    )
    // A handover has no number of its sender's.
    if (partOf === undefined && !numbered.has(referralId)) missing.push('external-id')
    for (const name of missing) find('guard-missing', `referral ${referralId}`, name)
  }
}
