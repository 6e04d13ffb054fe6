// One of many: a list that opens.
import type { Choice } from './fields.tsx'

export const Select = ({
  id,
  label,
  choices,
  chosen = '',
}: {
  id: string
  label: string
  choices: readonly Choice[]
  chosen?: string | undefined
}) => (
  <div class="govuk-form-group">
    <label class="govuk-label govuk-label--s" for={id}>
      {label}
    </label>
    <select id={id} name={id} class="govuk-select rh-select">
      {choices.map(one => (
        <option key={one.value} value={one.value} selected={one.value === chosen}>
          {one.label}
        </option>
      ))}
    </select>
  </div>
)
