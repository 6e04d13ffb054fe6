import { releaseRaces } from './release.races.ts'

await releaseRaces(1)
