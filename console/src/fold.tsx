// What not everybody has to see: folded, under words that say what it is.
import type { ComponentChildren } from 'preact'

export const Fold = ({
  title,
  open = false,
  children,
  look = '',
}: {
  title: string
  /** At first. */
  open?: boolean
  children: ComponentChildren
  look?: string
}) => (
  <details class={`govuk-details ${look}`} open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{title}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
)
