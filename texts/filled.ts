import { inertLine } from './inert.ts'

export type Values = Readonly<Record<string, string | number>>

/** Fills `{name}` places of a text; a place without a value stays visible. */
export const filled = (text: string, values: Values) =>
  text.replace(/\{([\w-]+)\}/g, (place, name: string) => inertLine(String(values[name] ?? place)))
