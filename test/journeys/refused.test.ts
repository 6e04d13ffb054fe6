// Who is refused: on each route one caller, and a way not to be one, in turns; each caller somewhere.
import { refused } from './refused.ts'

await refused((all, nth) => all.slice((nth * 5) % all.length).slice(0, 1))
