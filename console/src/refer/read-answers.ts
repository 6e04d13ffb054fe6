// The answers of a page, as they are read from its form.
import { sha256Of } from '../sha256.ts'
import type { Answers } from './answers.ts'
import { birthParts } from './controls.tsx'
import type { Question } from './question.ts'

const textsOf = (values: readonly FormDataEntryValue[]): string[] =>
  values.filter(value => typeof value === 'string').map(value => value.trim())

/** What was answered on a page. Of a file, its digest; where none was chosen now, the one from before. */
export const readAnswers = async (
  form: HTMLFormElement,
  questions: readonly Question[],
  before: Answers,
): Promise<Answers> => {
  const data = new FormData(form)
  const read = async ({ id, kind }: Question): Promise<readonly string[]> => {
    if (kind === 'birth') return birthParts.flatMap(part => textsOf(data.getAll(`${id}-${part}`)))
    if (kind !== 'file') return textsOf(data.getAll(id))
    const file = data.get(id)
    if (!(file instanceof File) || file.size === 0) return before[id] ?? []
    return [await sha256Of(await file.arrayBuffer())]
  }
  const given = await Promise.all(
    questions.map(async question => [question.id, await read(question)] as const),
  )
  return Object.fromEntries(given)
}
