// A question before what cannot be undone.
import { createInterface } from 'node:readline/promises'

/**
 * Asks, and resolves to whether the answer was yes. The end of the input and an interrupt are a no.
 * @param streams where the answer is read and the question is written
 */
export async function confirmed(
  question: string,
  streams: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<boolean> {
  const lines = createInterface(streams)
  try {
    const ended = new Promise<undefined>(resolve => lines.once('close', () => resolve(undefined)))
    const answer = await Promise.race([lines.question(question).catch(interrupted), ended])
    if (answer === undefined) streams.output.write('\n')
    return /^(s|si|sí|y|yes)$/i.test((answer ?? '').trim())
  } finally {
    lines.close()
  }
}

function interrupted(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
