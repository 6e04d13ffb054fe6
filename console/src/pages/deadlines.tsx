// The deadlines of an agreement: their dates, and how many business days of Guatemala are left.
import { guatemalaCity } from '../../../events/calendar-guatemala.ts'
import { type Day, afterBusinessDays, businessDaysUntil } from '../../../events/calendar.ts'
import { dayOf } from '../../../schemas/guatemala.ts'
import type { AgreementView } from '../../../schemas/notice.ts'
import { deadlineLabels } from '../../../texts/labels.ts'
import { day, label } from '../say.ts'
import { Table, headings } from '../table.tsx'
import { say } from './liaison-words.ts'

const leftUntil = (today: Day, until: Day): string => {
  if (until < today) return say('deal.days-past')
  const days = businessDaysUntil(today, until, guatemalaCity)
  return days === 'outside-calendar' ? say('deal.days-unknown') : say('deal.days-left', { days })
}

/** Clause 10: conciliation within 30 business days. */
const conciliationDays = 30

export const Deadlines = ({ view, now }: { view: AgreementView; now: Date }) => {
  const today = dayOf(now.toISOString())
  const conciliation = afterBusinessDays(today, conciliationDays, guatemalaCity)
  const rows = [
    ...view.deadlines.map(({ kind, at }) => ({
      name: label(deadlineLabels, kind),
      on: dayOf(at),
    })),
    ...(conciliation === 'outside-calendar'
      ? []
      : [{ name: say('deal.conciliation'), on: conciliation.day }]),
  ]
  const { id, version } = guatemalaCity
  return (
    <>
      <Table
        caption={say('deal.deadlines')}
        columns={headings(say, 'deal.deadline', 'deal.date', 'deal.left')}
        rows={rows.map(({ name, on }) => ({
          key: name,
          cells: [name, day(on), leftUntil(today, on)],
        }))}
      />
      <p class="govuk-body-s">{say('deal.calendar', { id, version })}</p>
    </>
  )
}
