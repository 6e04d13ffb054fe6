// Every route of the HTTP contract: who may call it and the shapes of what goes in and comes out.
// Doors, OpenAPI, the deployed API and the tests of who is refused are all made from this list.
import { accessLogRoutes } from './routes/access-log.ts'
import { agreementRoutes } from './routes/agreement.ts'
import { consentRoutes } from './routes/consent.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { institutionRoutes } from './routes/institution.ts'
import { openRoutes } from './routes/open.ts'
import { reportRoutes } from './routes/report.ts'
import { referralRoutes } from './routes/referral.ts'

export type { RouteSpec } from './routes/spec.ts'

export const routes = {
  ...referralRoutes,
  ...inboxRoutes,
  ...consentRoutes,
  ...agreementRoutes,
  ...accessLogRoutes,
  ...institutionRoutes,
  ...reportRoutes,
  ...openRoutes,
} as const

export type RouteName = keyof typeof routes
