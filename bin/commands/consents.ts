// hub consent, withdraw, confirm-deletion: what a person permitted, and the end of it.
import type { Command } from 'commander'
import type { HubClient } from '../../client/hub-client.ts'
import { WithdrawalCommand, type ConsentView } from '../../schemas/consent.ts'
import { Code } from '../../schemas/standards.ts'
import { command } from '../command.ts'
import { irreversible, type Irreversible } from '../confirm.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { choiceOf, withConsent } from '../consent-id.ts'
import {
  capacityLabels,
  categoryLabels,
  consentEventLabels,
  consentStateLabels,
  deletionLabels,
  purposeLabels,
  withdrawalMethodLabels,
  type Labels,
} from '../../texts/labels.ts'
import { table } from '../layout.ts'
import { actorInWords } from '../../texts/actors.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { consentReference, reference } from '../reference.ts'
import { instant, matching, oneOf } from '../usage.ts'

type WithdrawOptions = {
  requestedBy: WithdrawalCommand['requestedBy']
  method: string
  at?: string
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
  const withdraw = aboutConsent(program, 'withdraw', terminal)
    .requiredOption(
      '--requested-by <who>',
      say('withdraw.requested-by'),
      oneOf(WithdrawalCommand.shape.requestedBy.options, capacityLabels, terminal.language),
    )
    .requiredOption('--method <code>', say('withdraw.method'), matching(Code))
    .option('--at <time>', say('withdraw.at'), instant('start'))
  const sureToWithdraw = irreversible(withdraw, terminal)
  withdraw.action(async (id: string | undefined, options: WithdrawOptions) => {
    const { requestedBy, method, at, referral } = options
    const choice = choiceOf(id, referral)
    const hub = await client('igm-system')
    await withConsent(hub, choice, async consentId => {
      // Read first: it says what is about to be destroyed, and by whose clock "now" is.
      const { body: before } = await hub.getConsent(consentId)
      const already = before.state === 'withdrawn'
      if (!already) await sureToWithdraw(about(before, 'withdraw', hub, terminal))
      const withdrawal = { requestedBy, method, at: at ?? hub.hubTime().toISOString() }
      const { body } = await hub.withdrawConsent(consentId, withdrawal)
      if (terminal.json) terminal.record(body)
      else showWithdrawal(body, terminal)
      terminal.note(say(already ? 'withdraw.already' : 'withdraw.done'))
    })
  })
  const confirm = aboutConsent(program, 'confirm-deletion', terminal).option(
    '--at <time>',
    say('confirm-deletion.at'),
    instant('start'),
  )
  const sureToConfirm = irreversible(confirm, terminal)
  confirm.action(
    async (id: string | undefined, { at, referral }: { at?: string; referral?: string }) => {
      const choice = choiceOf(id, referral)
      const hub = await client('ala-system')
      const consent = await withConsent(hub, choice, async consentId => {
        const { body: before } = await hub.getConsent(consentId)
        if (before.deletion !== 'confirmed')
          await sureToConfirm(about(before, 'confirm-deletion', hub, terminal))
        const confirmation = { at: at ?? hub.hubTime().toISOString() }
        return (await hub.confirmDeletion(consentId, confirmation)).body
      })
      if (terminal.json) terminal.record(consent)
      else factsOf(consent, terminal)
    },
  )
}

/** What is about to happen to a consent, by the folio that people know its referral by. */
async function about(
  { referralId }: ConsentView,
  act: 'withdraw' | 'confirm-deletion',
  hub: HubClient,
  { say }: Terminal,
): Promise<Irreversible> {
  const { folio } = (await hub.getReferral(referralId)).body
  return {
    effect: say(`${act}.warning`, { folio, id: referralId }),
    question: `${act}.question`,
    left: `${act}.left`,
  }
}

/** A command whose one argument is a consent, or `--referral` instead. */
export function aboutConsent(
  program: Command,
  name: 'consent' | 'withdraw' | 'confirm-deletion' | 'certificate',
  { say }: Terminal,
): Command {
  const asks = name === 'withdraw' || name === 'confirm-deletion' ? 'exact' : 'found'
  return command(program, name, say(`${name}.about`))
    .argument('[consent]', say('consent.id'), consentReference(asks))
    .option('--referral <id>', say('consent.referral'), reference(asks))
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
  terminal.facts(facts)
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
  const { say, language, line, columns } = terminal
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
      columns - 2,
    ),
  )
  titled(
    say('consent.events'),
    table(
      [say('fact.time'), say('fact.event'), say('fact.who'), say('fact.details')],
      consent.events.map(event => [
        wallClock(event.at),
        consentEventLabels[event.event][language],
        actorInWords(event.by, language),
        detailsOf(event, terminal),
      ]),
      columns - 2,
    ),
  )
}

/** Any code may stand there: one without words is told as it is. */
const methods: Partial<Labels<string>> = withdrawalMethodLabels

function detailsOf(event: ConsentView['events'][number], { say, language }: Terminal): string {
  const { requestedBy, method, statedAt } = event
  const stated = event.event === 'deletion-confirmed' ? 'consent.deleted' : 'consent.stated'
  return [
    ...(requestedBy ? [capacityLabels[requestedBy][language]] : []),
    ...(method === undefined ? [] : [methods[method]?.[language] ?? method]),
    ...(statedAt ? [say(stated, { when: wallClock(statedAt) })] : []),
  ].join(' · ')
}
