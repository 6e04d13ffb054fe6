// Which pages there are for whom. What somebody may do, the hub decides: this only spares them what it would refuse.
import type { Role } from '../../schemas/agreement.ts'
import type { Me } from '../../schemas/institution.ts'
import type { PageName } from './pages.ts'
import type { TextKey } from './say.ts'

/**
 * A role's pages are one file, which is loaded with the first of them (main.tsx). Those with a text are in the menu of
 * whoever has the role; the others are reached from these.
 */
const pages: readonly { to: PageName; role: Role; text?: TextKey }[] = [
  { to: 'bandeja', role: 'recipient', text: 'inbox.title' },
  { to: 'casos', role: 'recipient' },
  { to: 'bitacora', role: 'compliance-officer', text: 'log.title' },
  { to: 'convenio', role: 'liaison', text: 'deal.title' },
  { to: 'convenio', role: 'signatory', text: 'deal.title' },
  { to: 'avance', role: 'liaison', text: 'reach.title' },
  { to: 'avance', role: 'signatory', text: 'reach.title' },
  { to: 'sin-recoger', role: 'liaison', text: 'lost.title' },
  { to: 'llaves', role: 'liaison', text: 'keys.nav' },
]

export const linksFor = ({ roles }: Me) =>
  pages
    .filter(({ role }) => roles.includes(role))
    // Who has two roles has a page of both once.
    .filter(({ to }, i, mine) => mine.findIndex(one => one.to === to) === i)
    .flatMap(({ to, text }) => (text === undefined ? [] : [{ to, text }]))

/** Whose file a page is in; nobody's, where everybody has it. */
export const roleOf = (page: string | undefined): Role | undefined =>
  pages.find(({ to }) => to === page)?.role
