import { endings } from './endings.ts'

// Each is a process or more: of each list the first and the last.
endings(rows => rows.filter((_, nth) => nth === 0 || nth === rows.length - 1))
