// hub agreement: what two institutions agreed to, and what their signatories say about it.
import type { Command } from 'commander'
import { command } from '../command.ts'
import type { AgreementView } from '../../schemas/notice.ts'
import {
  agreementStateLabels,
  deadlineLabels,
  noticeKindLabels,
  noticeStateLabels,
} from '../../texts/labels.ts'
import { termsInWords } from '../../texts/terms-told.ts'
import { type Which, agreementOf, whichAgreement } from '../agreement/which.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { addAgree, addNotice } from './agreement-notice.ts'
import { addVersions } from './agreement-versions.ts'

export function addAgreement(program: Command, terminal: Terminal) {
  const { say } = terminal
  const agreement = command(program, 'agreement', say('agreement.about'))
  const connected = (as: string) => connect(program.opts<ConnectOptions>(), as, terminal)
  whichAgreement(command(agreement, 'show', say('agreement.show')), terminal).action(
    async ({ agreement: id }: Which) => {
      const { client } = await connected('igm-liaison')
      show(await agreementOf(client, id), terminal)
    },
  )
  const made = { agreement, terminal, connected }
  addNotice(made)
  addAgree(made)
  addVersions(made)
}

function show(view: AgreementView, terminal: Terminal) {
  if (terminal.json) return terminal.record(view)
  const { say, language } = terminal
  const { agreementId, version, versions } = view
  terminal.line(terminal.bold(`${view.title}  ${agreementStateLabels[view.state][language]}`))
  terminal.facts([
    [say('fact.agreement'), `${agreementId} · ${say('agreement.version')} ${version}`],
    [say('agreement.parties'), view.parties.join(' · ')],
    ...view.deadlines.map(
      ({ kind, at }) => [deadlineLabels[kind][language], wallClock(at)] as const,
    ),
    ...termsInWords(view, language),
  ])
  const awaited = (digest: string) => view.awaiting.find(one => one.digest === digest)?.from ?? []
  for (const { number, kind, state, by, at, digest } of view.notices) {
    const from = state === 'awaiting' ? awaited(digest).join(', ') : ''
    const words = [noticeKindLabels[kind][language], noticeStateLabels[state][language]]
    terminal.line(`${number}  ${by}  ${words.join(' · ')} ${from}  ${wallClock(at)}`)
  }
  if (versions.length > 1) terminal.line(say('agreement.see-versions'))
}
