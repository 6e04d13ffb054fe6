import { signedLog } from './flipped-bytes.ts'
import { tampered } from './tampered.ts'
import { tamperings } from './tamperings.ts'

tampered(await signedLog(), tamperings)
