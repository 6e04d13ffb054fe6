// A scheduled function that counts its runs, and whether any two ran at once.
let runs = 0
let running = 0
let overlapped = false
const events: unknown[] = []

export const handler = async (event: { ask?: boolean }): Promise<unknown> => {
  if (event.ask) return { runs, overlapped, events }
  runs++
  overlapped ||= running > 0
  running++
  events.push(event)
  await new Promise(done => setTimeout(done, 1500))
  running--
  throw new Error('a failing pass')
}
