// By what a person is recognised while a referral of theirs is open. Pure.
import { type Document, issuingCountryOf } from '../schemas/documents.ts'
import type { AgreementId } from '../schemas/ids.ts'

/**
 * One text per numbered document: the same for the same document, however its number is spaced or spelt in case, and
 * whether or not a Guatemalan document names its country. Only ever kept as a keyed hash, so that it cannot be guessed
 * at.
 */
export const documentNames = (agreementId: AgreementId, documents: readonly Document[]): string[] =>
  documents.flatMap(document =>
    document.number === undefined
      ? []
      : [
          JSON.stringify([
            'person/v1',
            agreementId,
            document.type,
            issuingCountryOf(document) ?? '',
            document.number.toUpperCase().replace(/[^A-Z0-9]/g, ''),
          ]),
        ],
  )
