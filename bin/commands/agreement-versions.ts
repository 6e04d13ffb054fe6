// hub agreement versions: the versions that an agreement has had, and what two of them do not have alike.
import type { AgreementView } from '../../schemas/notice.ts'
import { momentInWords } from '../../texts/dates.ts'
import { differenceInWords, differences, termsInWords } from '../../texts/terms-told.ts'
import { command } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, wholeNumber } from '../usage.ts'
import {
  type AgreementCommands,
  type Which,
  agreementOf,
  whichAgreement,
} from '../agreement/which.ts'

type Version = AgreementView['versions'][number]

export function addVersions({ agreement, terminal, connected }: AgreementCommands): void {
  const { say } = terminal
  const number = wholeNumber(1, 999_999)
  whichAgreement(command(agreement, 'versions', say('agreement.versions')), terminal)
    .argument('[n]', say('agreement.versions-one'), number)
    .argument('[m]', say('agreement.versions-other'), number)
    .action(
      async (one: number | undefined, other: number | undefined, { agreement: id }: Which) => {
        const { client } = await connected('igm-liaison')
        const { versions, agreementId } = await agreementOf(client, id)
        const known = versions.map(({ version }) => version).join(', ')
        const found = (wanted: number): Version => {
          const version = versions.find(each => each.version === wanted)
          if (!version) throw new UsageError('usage.no-such-version', { known })
          return version
        }
        if (one !== undefined && other !== undefined)
          return compare([found(one), found(other)], agreementId, terminal)
        list(one === undefined ? versions : [found(one)], versions, terminal)
      },
    )
}

const heading = ({ version, from }: Version, { say, bold, language }: Terminal): string =>
  bold(
    `${say('agreement.version')} ${version}  ${say('agreement.since', { when: momentInWords(from, language) })}`,
  )

/** Each beside the one before it; the first with all its terms. */
function list(shown: readonly Version[], all: readonly Version[], terminal: Terminal): void {
  for (const version of shown) {
    const before = all.find(each => each.version === version.version - 1)
    const changes = before ? differences(before.terms, version.terms) : []
    if (terminal.json) {
      terminal.record({ ...version, changes })
      continue
    }
    terminal.line(heading(version, terminal))
    terminal.facts([
      ...(before
        ? changes.map(one => differenceInWords(one, terminal.language))
        : termsInWords(version.terms, terminal.language)),
      [terminal.say('agreement.digest'), version.digest],
    ])
  }
}

function compare([one, other]: [Version, Version], agreementId: string, terminal: Terminal): void {
  const changes = differences(one.terms, other.terms)
  if (terminal.json) {
    const [from, to] = [one.version, other.version]
    return terminal.record({ agreementId, from, to, changes })
  }
  for (const version of [one, other]) terminal.line(heading(version, terminal))
  if (changes.length === 0) terminal.line(terminal.say('agreement.alike'))
  terminal.facts(changes.map(each => differenceInWords(each, terminal.language)))
}
