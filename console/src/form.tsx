// A form: what is wrong with it stands first, so that whoever sent it comes upon that.
import type { ComponentChildren } from 'preact'
import { valuesOf } from './doing.ts'
import { ErrorSummary, type Wrong } from './fields.tsx'
import { Problem } from './parts.tsx'

/** `send` is given the form's values, by their names. `problem`: why what was sent did not do. */
export const Form = ({
  send,
  wrongs,
  error,
  problem = <Problem error={error} />,
  children,
}: {
  send: (value: (name: string) => string) => unknown
  wrongs: readonly Wrong[]
  error: unknown
  problem?: ComponentChildren
  children: ComponentChildren
}) => (
  <form autocomplete="off" noValidate onSubmit={event => void send(valuesOf(event))}>
    <ErrorSummary wrongs={wrongs} />
    {error !== undefined && problem}
    {children}
  </form>
)
