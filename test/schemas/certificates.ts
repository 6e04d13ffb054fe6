/** What a certificate says of a referral that ended by its person's own word, and was deleted: by its ids and times. */
export const certificateOf = (id: string, at: string) => ({
  consentId: id,
  referralId: id,
  folio: 'REF-0000-0001-1',
  referrals: [{ referralId: id, folio: 'REF-0000-0001-1' }],
  agreementId: 'igm-ala-2026',
  cause: 'withdrawal',
  requestedBy: { institution: 'IGM', capacity: 'self' },
  destroyedAt: at,
  deletion: 'confirmed',
})
