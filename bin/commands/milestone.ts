// hub milestone: how far a person has come in the programme, as the recipient records it, and voids what was wrong.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { dayOf } from '../../schemas/guatemala.ts'
import { Milestone, mostMilestones } from '../../schemas/milestone.ts'
import { CalendarDate } from '../../schemas/standards.ts'
import { milestoneLabels } from '../../texts/referral.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { reference, referralIdOf } from '../reference.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, matching, oneOf, wholeNumber } from '../usage.ts'
import { show } from './referrals.ts'

type MilestoneOptions = { on?: string; void?: number }

export function addMilestone(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const milestones = oneOf(Milestone.options, milestoneLabels, language)
  command(program, 'milestone', say('milestone.about'))
    .argument('<id>', say('id'), reference('exact'))
    .argument('[milestone]', say('milestone.milestone'), milestones)
    .option('--on <day>', say('milestone.on'), matching(CalendarDate, 'YYYY-MM-DD'))
    .option('--void <n>', say('milestone.void'), wholeNumber(1, mostMilestones))
    .action(async (named: string, milestone: Milestone | undefined, options: MilestoneOptions) => {
      const { on, void: wrong } = options
      const change = milestone === undefined ? wrong : wrong === undefined ? milestone : undefined
      if (change === undefined || (wrong !== undefined && on !== undefined))
        throw new UsageError('usage.milestone-or-void')
      const { client: hub } = await connect(program.opts<ConnectOptions>(), 'ala-system', terminal)
      const id = await referralIdOf(hub, named)
      const { body } =
        typeof change === 'number'
          ? await hub.voidMilestone(id, change)
          : await hub.recordMilestone(id, {
              milestone: change,
              on: on ?? dayOf(hub.hubTime().toISOString()),
            })
      show(body, terminal)
    })
}
