// The parts of a checkpoint: its text, the log's line below it, and the names that sign it.
export const origin = 'referral-hub.example/local/access-log'
export const nameOf = (institution: string) => `referral-hub.example/institutions/${institution}`
export const textOf = (note: string) => note.slice(0, note.lastIndexOf('\n\n') + 1)
/** The log's own line. */
export const logLineOf = (note: string) =>
  note
    .split('\n')
    .filter(line => line.startsWith(`— ${origin} `))
    .map(line => `${line}\n`)
    .join('')
/** The note without any cosignature. */
export const bare = (note: string) => `${textOf(note)}\n${logLineOf(note)}`
export const sizeOf = (note: string) => Number(note.split('\n')[1])
