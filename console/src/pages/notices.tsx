// The notices about an agreement, by number, and the versions that they made of it.
import type { AgreementView, NoticeView } from '../../../schemas/notice.ts'
import { noticeKindLabels, noticeStateLabels } from '../../../texts/labels.ts'
import { day, label, moment } from '../say.ts'
import { Table, headings } from '../table.tsx'
import { say } from './liaison-words.ts'
import { changesIn, statementIn } from './statement.ts'

const stateIn = ({ state, effectiveAt }: NoticeView): string =>
  effectiveAt === undefined
    ? label(noticeStateLabels, state)
    : say('deal.effective', { at: day(effectiveAt) })

export const Notices = ({ view: { notices } }: { view: AgreementView }) =>
  notices.length === 0 ? (
    <>
      <h2 class="govuk-heading-m">{say('deal.notices')}</h2>
      <p class="govuk-body">{say('deal.no-notices')}</p>
    </>
  ) : (
    <Table
      caption={say('deal.notices')}
      columns={headings(say, 'deal.notice', 'deal.says', 'deal.by', 'deal.at', 'deal.state')}
      rows={notices.map(notice => ({
        key: notice.number,
        cells: [
          notice.number,
          `${label(noticeKindLabels, notice.kind)}: ${statementIn(notice.states)}`,
          notice.by,
          moment(notice.at),
          stateIn(notice),
        ],
      }))}
    />
  )

/** What made a version: the addendum that took effect when it began. */
const changesOf = ({ notices }: AgreementView, from: string): string => {
  const made = notices.find(one => one.kind === 'amendment' && one.effectiveAt === from)
  return made?.states.kind === 'amendment'
    ? changesIn(made.states.change).join('; ')
    : say('deal.first')
}

export const Versions = ({ view }: { view: AgreementView }) => (
  <Table
    caption={say('deal.versions')}
    columns={headings(say, 'deal.version', 'deal.since', 'deal.changed', 'deal.digest')}
    rows={view.versions.map(({ version, from, digest }) => ({
      key: String(version),
      cells: [
        String(version),
        day(from),
        version === 1 ? say('deal.first') : changesOf(view, from),
        <span class="rh-id">{digest.slice(0, 16)}…</span>,
      ],
    }))}
  />
)
