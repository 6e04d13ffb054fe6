// hub consent, withdraw, confirm-deletion: what a person permitted, and the end of it.
import type { Command } from 'commander'
import { WithdrawalCommand, type ConsentView } from '../../schemas/consent.ts'
import { ConsentId } from '../../schemas/ids.ts'
import { Code } from '../../schemas/standards.ts'
import { confirmed } from '../confirm.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { choiceOf, withConsent } from '../consent-id.ts'
import {
  capacityLabels,
  categoryLabels,
  consentEventLabels,
  consentStateLabels,
  deletionLabels,
  purposeLabels,
} from '../labels.ts'
import { table, wallClock, type Terminal } from '../terminal.ts'
import { instant, matching, matchingReferral, oneOf } from '../usage.ts'

type WithdrawOptions = {
  requestedBy: WithdrawalCommand['requestedBy']
  method: string
  at?: string
  yes?: boolean
  referral?: string
}

export function addConsents(program: Command, terminal: Terminal) {
  const { say } = terminal
  const client = async (usual: string) =>
    (await connect(program.opts<ConnectOptions>(), usual, terminal)).client
  aboutConsent(program, 'consent', terminal).action(
    async (id: string | undefined, { referral }: { referral?: string }) => {
      const choice = choiceOf(id, referral)
      const hub = await client('igm-system')
      show(await withConsent(hub, choice, async one => (await hub.getConsent(one)).body), terminal)
    },
  )
  aboutConsent(program, 'withdraw', terminal)
    .requiredOption(
      '--requested-by <who>',
      say('withdraw.requested-by'),
      oneOf(WithdrawalCommand.shape.requestedBy.options),
    )
    .requiredOption('--method <code>', say('withdraw.method'), matching(Code))
    .option('--at <time>', say('withdraw.at'), instant('start'))
    .option('--yes', say('withdraw.yes'))
    .action(async (id: string | undefined, options: WithdrawOptions) => {
      const { requestedBy, method, at, referral, yes } = options
      const choice = choiceOf(id, referral)
      const hub = await client('igm-system')
      await withConsent(hub, choice, async consentId => {
        // Read first: it says what is about to be destroyed, and by whose clock "now" is.
        const { body: before } = await hub.getConsent(consentId)
        const already = before.state === 'withdrawn'
        if (!already && yes !== true && !(await isSure(before, terminal))) {
          terminal.note(say('withdraw.left'))
          process.exitCode = 130
          return
        }
        const command = { requestedBy, method, at: at ?? hub.hubTime().toISOString() }
        const { body } = await hub.withdrawConsent(consentId, command)
        if (terminal.json) terminal.record(body)
        else showWithdrawal(body, terminal)
        terminal.note(say(already ? 'withdraw.already' : 'withdraw.done'))
      })
    })
  aboutConsent(program, 'confirm-deletion', terminal)
    .option('--at <time>', say('confirm-deletion.at'), instant('start'))
    .action(
      async (id: string | undefined, { at, referral }: { at?: string; referral?: string }) => {
        const choice = choiceOf(id, referral)
        const hub = await client('ala-system')
        const consent = await withConsent(hub, choice, async consentId => {
          await hub.getConsent(consentId)
          const confirmation = { at: at ?? hub.hubTime().toISOString() }
          return (await hub.confirmDeletion(consentId, confirmation)).body
        })
        if (terminal.json) terminal.record(consent)
        else factsOf(consent, terminal)
      },
    )
}

/** A command whose one argument is a consent, or `--referral` instead. */
export function aboutConsent(
  program: Command,
  name: 'consent' | 'withdraw' | 'confirm-deletion' | 'certificate',
  { say }: Terminal,
): Command {
  return program
    .command(name)
    .description(say(`${name}.about`))
    .argument('[consent]', say('consent.id'), matching(ConsentId))
    .option('--referral <id>', say('consent.referral'), matchingReferral)
}

/** Asks where somebody sits at a terminal; a script has decided already. */
async function isSure({ consentId, referralId }: ConsentView, { say, note }: Terminal) {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return true
  note(say('withdraw.warning', { id: consentId, referral: referralId }))
  return confirmed(say('withdraw.question'), { input: stdin, output: stderr })
}

function factsOf(consent: ConsentView, terminal: Terminal, more: [string, string][] = []) {
  const { say, language, bold } = terminal
  terminal.line(bold(consentStateLabels[consent.state][language]))
  const facts: [string, string][] = [
    [say('fact.consent'), consent.consentId],
    [say('fact.referral'), consent.referralId],
    [say('fact.agreement'), consent.agreementId],
    [say('fact.valid-until'), wallClock(consent.validUntil)],
    [say('fact.deletion'), deletionLabels[consent.deletion][language]],
    ...more,
  ]
  for (const [title, value] of facts) terminal.line(`  ${title.padEnd(20)}${value}`)
}

function showWithdrawal(consent: ConsentView, terminal: Terminal) {
  const { say } = terminal
  const count = consent.releasesInFlight ?? 0
  factsOf(consent, terminal, [
    [
      say('fact.in-flight'),
      count > 0 ? say('withdraw.in-flight', { count }) : say('withdraw.none-in-flight'),
    ],
    [say('fact.certificate'), `hub certificate ${consent.consentId}`],
  ])
}

function show(consent: ConsentView, terminal: Terminal) {
  if (terminal.json) return terminal.record(consent)
  const { say, language, line } = terminal
  factsOf(consent, terminal)
  const titled = (title: string, rows: string[]) => {
    line('')
    line(title)
    for (const row of rows) line(`  ${row}`)
  }
  titled(
    say(consent.state === 'granted' ? 'consent.purposes' : 'consent.permitted'),
    table(
      [say('fact.purpose'), say('fact.for'), say('fact.categories')],
      consent.purposes.map(({ purpose, recipient, dataCategories }) => [
        purposeLabels[purpose][language],
        recipient,
        dataCategories.map(category => categoryLabels[category][language]).join(', '),
      ]),
    ),
  )
  titled(
    say('consent.events'),
    table(
      [say('fact.time'), say('fact.event'), say('fact.who'), say('fact.details')],
      consent.events.map(event => [
        wallClock(event.at),
        consentEventLabels[event.event][language],
        event.by === 'hub' ? say('fact.by-hub') : event.by,
        detailsOf(event, terminal),
      ]),
    ),
  )
}

function detailsOf(event: ConsentView['events'][number], { say, language }: Terminal): string {
  const { requestedBy, method, statedAt } = event
  const stated = event.event === 'deletion-confirmed' ? 'consent.deleted' : 'consent.stated'
  return [
    ...(requestedBy ? [capacityLabels[requestedBy][language]] : []),
    ...(method === undefined ? [] : [method]),
    ...(statedAt ? [say(stated, { when: wallClock(statedAt) })] : []),
  ].join(' · ')
}
