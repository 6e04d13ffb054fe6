// Who is refused: every route × every caller that may not, and × every way not to be a caller.
import { refused } from './refused.ts'

await refused(all => all)
