// Every minute: what time alone brings about. Writes that a consent has expired and tells both sides; destroys content that has been kept as
// long as the agreement's policy says, or whose withdrawal a backup had undone, through the same writes as a withdrawal. Releases do not
// wait for this: they go by the clock.
import { hubActor } from '../../events/access-log.ts'
import { closeByHub, dueWork } from '../../events/withdrawal.ts'
import type { Instant, ReferralId, RequestId } from '../../schemas/ids.ts'
import { type AccessLog, accessLog } from '../aws/access-log/pending.ts'
import { committer } from '../effects/commit.ts'
import { type Consents, consents } from '../aws/consents.ts'
import { type Directory, directory } from '../aws/directory.ts'
import { type Row, type Transact, dynamodbClient, transact } from '../aws/dynamodb.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import { notices } from '../effects/notices.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { type ReferralKeys, referralKeys } from '../aws/referral-keys.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { env, log, newId, now as clock } from '../aws/runtime.ts'
import { keyDigest, shred } from '../effects/shred.ts'
import { onSchedule } from '../http/on-schedule.ts'

type Deps = {
  transact: Transact
  accessLog: AccessLog
  consents: Consents
  directory: Directory
  inbox: Inbox
  outbox: Outbox
  referrals: Referrals
  referralKeys: ReferralKeys
}

/** Referrals found at a time, and how many of them are dealt with side by side. */
const [perPage, sideBySide] = [100, 8]
/** Milliseconds that one referral may take. With less left nothing is begun: the next run goes on. */
const enough = 10_000

/**
 * Does what is due until nothing is, or the time is nearly over. One referral that fails does not hold up the others, however many fail.
 * Answers how many were dealt with.
 *
 * @param timeLeft milliseconds until this function is stopped
 */
export const runDueWork = async (deps: Deps, timeLeft: () => number): Promise<number> => {
  const now = clock()
  let done = 0
  let from: Row | undefined
  do {
    const { ids, next } = await deps.referrals.due(now, perPage, from)
    const waiting = ids.values()
    const worker = async () => {
      for (const referralId of waiting) {
        if (timeLeft() < enough) return
        if (await dealtWith(referralId, now, deps)) done++
      }
    }
    await Promise.all(Array.from({ length: sideBySide }, worker))
    from = next
  } while (from && timeLeft() >= enough)
  return done
}

const dealtWith = async (referralId: ReferralId, now: Instant, deps: Deps): Promise<boolean> => {
  try {
    await runFor(referralId, now, deps)
    return true
  } catch (error) {
    // Whoever changed the referral meanwhile has set when to look again; a fault is looked at in a minute.
    log('warn', 'due-later', {
      referralId,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return false
  }
}

const runFor = async (referralId: ReferralId, now: Instant, deps: Deps): Promise<void> => {
  const referral = await deps.referrals.find(referralId)
  if (!referral) return
  const { consentId, agreementId } = referral
  const [ledger, agreement] = await Promise.all([
    deps.consents.read(consentId),
    deps.directory.findAgreement(agreementId),
  ])
  if (!ledger || !agreement) throw new Error('a referral without its consent or agreement')
  const { consent } = ledger
  const due = dueWork(referral, consent, agreement, now)
  const about = { outcome: 'allowed', referralId, agreementId, consentId } as const
  const told = notices(referral, now)
  const expiry = due.expire
    ? [deps.consents.append({ event: 'expired', consentId, n: consent.n + 1, at: now, by: 'hub' })]
    : []
  if (due.expire)
    for (const side of ['referrer', 'recipient'] as const)
      told.tell(side, 'consent.expired.v1', { consentId })

  const id = newId<RequestId>()
  const { commit } = committer(
    { actor: hubActor, evidence: { id, method: 'SCHEDULE', path: '/run-due-work' } },
    deps,
  )
  if (due.shred) {
    const wrapped = await deps.referralKeys.find(referralId)
    const closing = closeByHub(referral, due.shred, now)
    const version = referral.version + (closing ? 1 : 0)
    if (closing)
      for (const side of ['referrer', 'recipient'] as const)
        told.tell(side, 'referral.status-changed.v1', {
          status: 'cancelled',
          reason: due.shred,
          version,
        })
    const change = {
      ...(closing ? { status: closing.status, history: [...referral.history, closing] } : {}),
      version,
      ...told.counted(),
    }
    await commit(
      [
        ...(due.expire ? [{ action: 'consent.expire', ...about } as const] : []),
        {
          action: 'referral.shred',
          ...about,
          envelopeDigest: referral.envelopeDigest,
          status: closing?.status,
          ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
        },
      ],
      [
        ...expiry,
        ...shred(referral, wrapped, change, now, deps),
        ...told.messages.map(message => deps.outbox.add(message)),
      ],
    )
  } else
    await commit(due.expire ? [{ action: 'consent.expire', ...about }] : [], [
      ...expiry,
      deps.referrals.change(
        referral,
        { ...told.counted(), due: due.next ? 'due' : undefined, dueAt: due.next },
        now,
      ),
      ...told.messages.map(message => deps.outbox.add(message)),
    ])
  await relayNow(told.messages, deps)
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    transact: transact(dynamodb),
    accessLog: accessLog({ dynamodb, table: env('TABLE_ACCESS_LOG') }),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    directory: directory({ dynamodb, table: env('TABLE_DIRECTORY') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
  }
}

const deps = bind()
export const handler = onSchedule('run-due-work', timeLeft => runDueWork(deps, timeLeft))
