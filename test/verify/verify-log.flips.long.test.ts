import { flippedBytes, signedLog } from './flipped-bytes.ts'

flippedBytes(await signedLog(), 240)
