// Every tampering that there is (tamper-*.ts).
import * as asked from './tamper-asked.ts'
import * as bundles from './tamper-bundles.ts'
import * as chain from './tamper-chain.ts'
import * as consoles from './tamper-console.ts'
import * as cosigned from './tamper-cosigned.ts'
import * as ended from './tamper-ended.ts'
import * as evidence from './tamper-evidence.ts'
import * as histories from './tamper-histories.ts'
import * as keys from './tamper-keys.ts'
import * as meaning from './tamper-meaning.ts'
import * as note from './tamper-note.ts'
import * as signed from './tamper-signer.ts'
import * as since from './tamper-since.ts'
import * as tiles from './tamper-tiles.ts'

const lists = [
  note,
  bundles,
  tiles,
  signed,
  evidence,
  asked,
  keys,
  histories,
  chain,
  meaning,
  ended,
  consoles,
  since,
  cosigned,
].map(each => each.rows)

export const tamperings = lists.flat()

const met = new Set<string>()
/** The first of each code that a log is refused with. */
export const oneOfEachCode = tamperings.filter(([, , code]) => !met.has(code) && met.add(code))
