// hub handover: the recipient of a referral refers its person onward, for placement in work.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { Priority } from '../../schemas/agreement.ts'
import { InstitutionCode } from '../../schemas/ids.ts'
import { priorityLabels } from '../../texts/referral.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { reference, referralIdOf } from '../reference.ts'
import type { Terminal } from '../terminal.ts'
import { matching, oneOf } from '../usage.ts'
import { show } from './referrals.ts'

type HandoverOptions = { to: string; priority?: Priority }

export function addHandover(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const priorities = oneOf(Priority.options, priorityLabels, language)
  command(program, 'handover', say('handover.about'))
    .argument('<id>', say('id'), reference('exact'))
    .requiredOption('--to <institution>', say('handover.to'), matching(InstitutionCode, 'OIM'))
    .option('--priority <priority>', say('handover.priority'), priorities)
    .action(async (named: string, { to: recipient, priority }: HandoverOptions) => {
      const { client: hub } = await connect(program.opts<ConnectOptions>(), 'ala-system', terminal)
      const id = await referralIdOf(hub, named)
      const handover = { recipient, ...(priority ? { priority } : {}) }
      show((await hub.handOver(id, handover)).body, terminal)
    })
}
