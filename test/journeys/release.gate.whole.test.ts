import { releaseGate } from './release.gate.ts'

await releaseGate('a cancel', 'an entry in error', 'a withdrawal', 'the end of the consent')
