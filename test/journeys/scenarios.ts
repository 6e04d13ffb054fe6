// For each function, what it is there for, done through the front door and looked at afterwards: what its role allows
// is all needed here, and any of it that is missing shows (permitted.used.long.test.ts).
import { consentScenarios } from './scenarios/consent.ts'
import { inboxScenarios } from './scenarios/inbox.ts'
import { institutionScenarios } from './scenarios/institution.ts'
import { logScenarios } from './scenarios/log.ts'
import { referralScenarios } from './scenarios/referral.ts'
import { type Place, type Refuse, scenarioTools } from './scenarios/tools.ts'

export const scenariosOf = async (place: Place, refuse: Refuse) => {
  const tools = await scenarioTools(place)
  return {
    stop: tools.stop,
    ...referralScenarios(tools),
    ...inboxScenarios(tools, refuse),
    ...(await institutionScenarios(tools)),
    ...logScenarios(tools),
    ...consentScenarios(tools),
  }
}
