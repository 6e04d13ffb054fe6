// Which pages there are for whom. What somebody may do, the hub decides: this only spares them what it would refuse.
import type { Role } from '../../schemas/agreement.ts'
import type { Me } from '../../schemas/institution.ts'
import type { PageName } from './pages.ts'
import type { TextKey } from './say.ts'

const pages: readonly { to: PageName; text: TextKey; role: Role }[] = [
  { to: 'bandeja', text: 'inbox.title', role: 'recipient' },
  { to: 'llaves', text: 'keys.nav', role: 'liaison' },
]

export const linksFor = ({ roles }: Me) => pages.filter(({ role }) => roles.includes(role))
