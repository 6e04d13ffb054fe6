import { endings } from './endings.ts'

endings(rows => rows)
