// Which agreement a command is about, and what each command below `hub agreement` is made of.
import type { Command } from 'commander'
import type { HubClient } from '../../client/hub-client.ts'
import { AgreementId } from '../../schemas/ids.ts'
import type { AgreementView } from '../../schemas/notice.ts'
import type { Connection } from '../connect.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, matching } from '../usage.ts'

export type Which = { agreement?: AgreementId }

/** What each command below `hub agreement` is made of. `connected`: as whom, unless the line says. */
export type AgreementCommands = {
  agreement: Command
  terminal: Terminal
  connected: (as: string) => Promise<Connection>
}

export const whichAgreement = (command: Command, { say }: Terminal): Command =>
  command.option(
    '--agreement <agreement>',
    say('agreement.which'),
    matching(AgreementId, 'igm-ala-2026'),
  )

/** The one that is named, or the only one there is. */
export const agreementOf = async (hub: HubClient, id?: AgreementId): Promise<AgreementView> => {
  if (id) return (await hub.getAgreement(id)).body
  const { items } = (await hub.listAgreements()).body
  const [only, ...more] = items
  const agreements = items.map(one => one.agreementId).join(', ')
  if (!only || more.length > 0) throw new UsageError('usage.which-agreement', { agreements })
  return only
}
