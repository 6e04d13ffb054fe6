// The invented people of the demo, and what of them must never be found lying in clear.
import { readFile } from 'node:fs/promises'
import { randomToken } from '../../signatures/keys.ts'
import { Submission } from '../../schemas/referral.ts'
import type { Trace } from './search.ts'

/** Two of the ten agree to less than the others: nothing of theirs may be opened beyond that. */
const narrower: Record<number, (submission: Submission) => Submission> = {
  4: submission => without(submission, 'contact'),
  8: submission => without(submission, 'protection'),
}

/**
 * Ten who are referred together, and an eleventh who changes their mind at once.
 * @throws ZodError when the test data are no longer what the contract takes
 */
export async function elevenPeople(): Promise<Submission[]> {
  const file = new URL('../../test/data/referrals-250.jsonl', import.meta.url)
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, 11)
  return lines.map((line, index) => {
    const submission = Submission.parse({ ...JSON.parse(line), salt: randomToken(16) })
    return narrower[index + 1]?.(submission) ?? submission
  })
}

/** The consent without one category, in every purpose; a purpose left without categories falls away. */
function without(submission: Submission, category: string): Submission {
  const { consent } = submission
  const purposes = consent.purposes
    .map(line => ({
      ...line,
      dataCategories: line.dataCategories.filter(name => name !== category),
    }))
    .filter(({ dataCategories }) => dataCategories.length > 0)
  return { ...submission, consent: { ...consent, purposes } }
}

/** The same person as a new referral whose consent only allows feedback: the training itself is not covered. */
export function withoutTrainingConsent(submission: Submission): unknown {
  const { consent } = submission
  return {
    ...submission,
    externalId: `${submission.externalId}-B`,
    salt: randomToken(16),
    consent: {
      ...consent,
      purposes: [
        { purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['trainingProfile'] },
      ],
    },
  }
}

/** Every name, phone and number of these people, each once. */
export function tracesOf(people: readonly Submission[]): Trace[] {
  const traces = people.flatMap(({ externalId, payload }, index) => {
    const { identity, contact, migrationStatus } = payload
    const { guardian, documents } = identity
    const named = [identity, ...(guardian ? [guardian] : [])].flatMap(person => [
      ...(person.givenNames ?? []),
      ...(person.familyNames ?? []),
    ])
    const kinds = {
      name: [...named, identity.alias, identity.originalScript],
      phone: [contact?.phone, guardian?.phone],
      number: [...documents.map(({ number }) => number), migrationStatus.caseNumber, externalId],
    } as const
    return Object.entries(kinds).flatMap(([kind, texts]) =>
      texts.flatMap(text =>
        text === undefined ? [] : [{ kind: kind as Trace['kind'], person: index + 1, text }],
      ),
    )
  })
  return traces.filter(
    ({ text }, index) => traces.findIndex(other => other.text === text) === index,
  )
}
