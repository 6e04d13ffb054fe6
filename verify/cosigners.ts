// Who cosigned a checkpoint, by the names on it, and where such a checkpoint lies in an exported log. Nothing is
// verified here (cosignatures.ts does), and nothing is of Node: browsers export a log too.
import { type NoteLine, parseNote } from '../log/checkpoint.ts'
import { cosignerName } from '../log/cosignature.ts'
import { InstitutionCode } from '../schemas/ids.ts'

export const folderName = 'cosigned'

/** Where the checkpoint of this size that an institution cosigned lies. */
export const cosignedPath = (institution: InstitutionCode, size: number): string =>
  `${folderName}/${institution}/${size}`

/** The institution that a key name of a cosigner names, in this log's naming. */
export const institutionIn = ({ name }: NoteLine, origin: string): InstitutionCode | undefined => {
  const parsed = InstitutionCode.safeParse(name.slice(name.lastIndexOf('/') + 1))
  return parsed.success && name === cosignerName(origin, parsed.data) ? parsed.data : undefined
}

/** Institutions that a line of the note is by. */
export const cosignersOf = (note: string, origin: string): InstitutionCode[] =>
  (parseNote(note)?.lines ?? []).flatMap(line => institutionIn(line, origin) ?? [])
