// What verifying an exported log ends in. Every way to fail has a code of its own, so that nobody has to guess what was
// tampered with.

/** In the order in which they are looked for. */
export const failureCodes = [
  'not-an-export',
  'folder-unreadable',
  'altered-in-transit',
  'policy-missing',
  'policy-malformed',
  'policy-key',
  'log-key',
  'checkpoint-missing',
  'checkpoint-malformed',
  'checkpoint-origin',
  'checkpoint-unsigned',
  'checkpoint-signature',
  'bundle-missing',
  'bundle-short',
  'bundle-trailing',
  'entry-not-json',
  'entry-index',
  'entry-shape',
  'entry-not-exact',
  'tile-missing',
  'tile-length',
  'leaf-hash',
  'tile-hash',
  'file-unexpected',
  'root',
  'entry-repeated',
  'since-missing',
  'since-malformed',
  'since-origin',
  'since-unsigned',
  'since-signature',
  'rollback',
  'fork',
  'entry-id-time',
  'time-backwards',
  'key-terms-stray',
  'key-terms-missing',
  'key-enrolled-twice',
  'key-unproposed',
  'key-by-another',
  'key-self-confirmed',
  'key-terms-changed',
  'key-backdated',
  'key-revocation-undone',
  'key-history-rewritten',
  'keys-missing',
  'keys-malformed',
  'keys-repeated',
  'key-thumbprint',
  'key-algorithm',
  'directory-invented',
  'directory-missing',
  'directory-institution',
  'directory-roles',
  'directory-post',
  'directory-validity',
  'directory-revocation',
  'directory-confirmation',
  'directory-history',
  'hub-evidence',
  'hub-action',
  'key-unknown',
  'key-institution',
  'key-role',
  'key-post',
  'key-validity',
  'key-early',
  'key-revoked',
  'evidence-missing',
  'evidence-malformed',
  'evidence-keyid',
  'evidence-coverage',
  'evidence-covered',
  'evidence-window',
  'evidence-signature',
  'evidence-authority',
  'evidence-action',
  'evidence-subject',
  'evidence-role',
  'evidence-differs',
  'evidence-reused',
  'cosigned-malformed',
  'cosigned-origin',
  'cosigned-unsigned',
  'cosigned-signature',
  'cosignature-missing',
  'cosignature-key',
  'cosignature-signature',
  'cosigned-rollback',
  'cosigned-fork',
  'chain-missing',
  'chain-stray',
  'chain-forked',
  'chain-start',
  'chain-gap',
  'chain-broken',
  'outcome-code',
  'release-bare',
  'status-missing',
  'entry-duplicated',
  'replay-of-nothing',
  'submit-repeated',
  'referral-consent',
  'referral-envelope',
  'release-after-end',
  'release-recipient',
  'handover-alone',
  'destroyed-twice',
  'console-stray',
  'console-repeated',
  'stale',
] as const
export type FailureCode = (typeof failureCodes)[number]

/** Not a finding: there is nothing here that could be verified, or not in a state in which it can be. Exit code 2. */
const unusable: ReadonlySet<FailureCode> = new Set([
  'not-an-export',
  'folder-unreadable',
  'altered-in-transit',
  'since-missing',
])

/** 0 the log holds, 1 it does not, 2 it could not be verified here. */
export const exitCodeOf = (verdict: Verdict): 0 | 1 | 2 =>
  verdict.ok ? 0 : unusable.has(verdict.code) ? 2 : 1

/**
 * The log's key that the verdict rests on, and how the reader came by it: `given` by whoever asked, `pinned` by an
 * earlier export or verification on this machine, `first-use`: pinned just now, out of the folder, `folder`: out of the
 * folder and not kept anywhere, `hub`: as the hub itself gives it today, to the console. `file` has the pins: with
 * `folder`, where the same key is pinned for another log.
 */
export type Trusted = {
  vkey: string
  by: 'given' | 'pinned' | 'first-use' | 'folder' | 'hub'
  file?: string
}

/**
 * What an older checkpoint adds to a verdict: the first `size` entries, the last of them of `newest`, are as they were.
 */
export type Continued = { size: number; newest?: string; added: number }

export type Verdict =
  | {
      ok: true
      origin: string
      size: number
      /** Root hash, base64. */
      root: string
      /** The note as it was signed. */
      checkpoint: string
      /** Signed requests whose signatures were verified again. */
      requests: number
      /** Who countersigned the log, up to which size and when. */
      cosigned: { institution: string; size: number; at: string }[]
      /** Referrals whose chain of entries was followed from its beginning. */
      referrals: number
      /** Time of the last entry; absent in an empty log. */
      newest?: string
      /** Keys that the log enrols, confirms and ends. */
      keys: number
      trusted: Trusted
      /** With an older checkpoint: what of it was proven. */
      since?: Continued
      /** `clock-set`: the hub's clock was set back while it had this log. */
      warnings: ('old' | 'clock-set')[]
    }
  | {
      ok: false
      code: FailureCode
      /** The first entry concerned, where there is one. */
      index?: number
      /** A file, a member or a value; the same in every language. */
      detail: string
      /** The key that the log was measured by; absent where none could be read. */
      trusted?: Trusted
      /** The file to which an inconsistent pair of checkpoints was written. */
      evidence?: string
    }

/** Nothing is known of the log: what was asked, or the machine, is at fault. Whoever asked is told, by no verdict. */
export class NoVerdict extends Error {}

/** Ends the verification. Only judge.ts catches it. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly code: FailureCode
  readonly detail: string
  readonly index: number | undefined

  constructor(code: FailureCode, detail: string, index?: number) {
    super(code)
    this.code = code
    this.detail = detail
    this.index = index
  }
}
