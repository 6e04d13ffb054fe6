// What verifying an exported log ends in. Every way to fail has a code of its own, so that nobody has to guess what was tampered with.

/** In the order in which they are looked for. */
export const failureCodes = [
  'folder-unreadable',
  'policy-missing',
  'policy-malformed',
  'policy-key',
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
  'keys-missing',
  'keys-malformed',
  'keys-repeated',
  'key-thumbprint',
  'key-algorithm',
  'hub-evidence',
  'hub-action',
  'key-unknown',
  'key-institution',
  'key-role',
  'key-post',
  'key-validity',
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
  'evidence-differs',
  'evidence-reused',
  'since-missing',
  'since-malformed',
  'since-origin',
  'since-unsigned',
  'since-signature',
  'rollback',
  'fork',
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
  'stale',
] as const
export type FailureCode = (typeof failureCodes)[number]

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
      warnings: 'old'[]
    }
  | {
      ok: false
      code: FailureCode
      /** The first entry concerned, where there is one. */
      index?: number
      /** A file, a member or a value; the same in every language. */
      detail: string
      /** The file to which an inconsistent pair of checkpoints was written. */
      evidence?: string
    }

/** Ends the verification. Only `verifyFolder` catches it. */
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
