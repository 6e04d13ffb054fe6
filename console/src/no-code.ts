// zod makes code of shapes where it may, and tries whether it may: the page's policy would report that. Imported before
// any shape is made.
import * as z from 'zod'

z.config({ jitless: true })
