// Which pages there are for whom. What somebody may do, the hub decides: this only spares them what it would refuse.
import type { Role } from '../../schemas/agreement.ts'
import type { Me } from '../../schemas/institution.ts'
import type { PageName } from './pages.ts'
import type { TextKey } from './say.ts'

/** A file of pages (main.tsx): a role's, or the form, which has all of the contract's shapes in it. */
export type PagesFile = Role | 'form'

/**
 * A role's pages are one file, which is loaded with the first of them (main.tsx). Those with a text are in the menu of
 * whoever has the role; the others are reached from these.
 */
const pages: readonly { to: PageName; role: Role; file?: PagesFile; text?: TextKey }[] = [
  { to: 'bandeja', role: 'recipient', text: 'inbox.title' },
  { to: 'casos', role: 'recipient' },
  { to: 'bitacora', role: 'compliance-officer', text: 'log.title' },
  { to: 'convenio', role: 'liaison', text: 'deal.title' },
  { to: 'convenio', role: 'signatory', text: 'deal.title' },
  { to: 'avance', role: 'liaison', text: 'reach.title' },
  { to: 'avance', role: 'signatory', text: 'reach.title' },
  { to: 'sin-recoger', role: 'liaison', text: 'lost.title' },
  { to: 'referir', role: 'referrer', file: 'form', text: 'refer.nav' },
  { to: 'enviadas', role: 'referrer', text: 'sent.nav' },
  { to: 'mes', role: 'compliance-officer', text: 'month.title' },
  { to: 'exportar', role: 'compliance-officer', text: 'export.title' },
  { to: 'comprobar', role: 'compliance-officer', text: 'folder.title' },
  { to: 'historia', role: 'compliance-officer' },
  { to: 'consentimientos', role: 'compliance-officer' },
  { to: 'llaves', role: 'liaison', text: 'keys.nav' },
]

export const linksFor = ({ roles }: Me) =>
  pages
    .filter(({ role }) => roles.includes(role))
    // Who has two roles has a page of both once.
    .filter(({ to }, i, mine) => mine.findIndex(one => one.to === to) === i)
    .flatMap(({ to, text }) => (text === undefined ? [] : [{ to, text }]))

/** What every role of a party may read (schemas/routes), though it stands in the menu of few. */
const readByAll: readonly string[] = ['convenio', 'avance'] satisfies PageName[]

/** The roles that have a page which none of somebody's roles has; none, where they may have it. */
export const rolesBesides = ({ roles }: Me, page: string | undefined): readonly Role[] => {
  const having = pages.filter(({ to }) => to === page).map(({ role }) => role)
  const mine = having.some(role => roles.includes(role)) || readByAll.includes(page ?? '')
  return mine ? [] : having
}

/** Which file a page is in; none, where everybody has it. */
export const fileOf = (page: string | undefined): PagesFile | undefined => {
  const found = pages.find(({ to }) => to === page)
  return found?.file ?? found?.role
}
