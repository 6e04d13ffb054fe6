// How a command ends when the world around it does: its reader goes away, the disk is full, the terminal hangs up,
// somebody asks it to stop. None of these decides what happens at the hub. Output that cannot be written is lost, and
// said by the exit code; a signal lets the request under way get its answer, and no further one begins. Test:
// test/bin/ending.whole.test.ts.
import { constants } from 'node:os'

/** A signal asked the command to stop, and it stopped before its next request. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly signal: NodeJS.Signals

  constructor(signal: NodeJS.Signals) {
    super(signal)
    this.signal = signal
  }
}

/** What a command can hear and do about its end: of a process, or of a test that stands for one. */
export type Host = {
  on: (signal: NodeJS.Signals, listener: () => void) => unknown
  /** Ends at once. */
  exit: (code: number) => unknown
}

/** Exit code of a process that a signal ended, as shells count it: 130, 143, 129. */
const exitOf = (signal: NodeJS.Signals) => 128 + constants.signals[signal]

export type Ending = ReturnType<typeof endingOn>

/** How one command ends. */
export function endingOn(host: Host) {
  const asked = new AbortController()
  const stop = asked.signal
  let listening = false
  let lost: string | undefined
  let own = 0

  /** Output was lost. `code` is the system's, such as `ENOSPC`. */
  const outputLost = (code = 'unknown') => {
    lost ??= code
  }

  return {
    /** Aborted, with a Stopped as its reason, as soon as a signal asks the command to stop. */
    stop,

    /** The command answered what is no success: 1 (refused), 2 (wrong usage), 3 (it broke off: no answer). */
    exitWith: (code: 0 | 1 | 2 | 3) => {
      own = code
    },

    /** What the command said of itself by `exitWith`. */
    get own() {
      return own
    },

    /**
     * From now on SIGINT, SIGTERM and SIGHUP abort `stop`; the second of them ends the process at once. Before, there
     * is nothing to finish, and they do what they do to any process. SIGBREAK is what Windows sends for Ctrl-Break.
     * @param told is called once, when the first arrives
     */
    stopOnSignals(told: () => void): void {
      if (listening) return
      listening = true
      const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']
      for (const signal of signals)
        host.on(signal, () => {
          if (stop.aborted) host.exit(exitOf(signal))
          else {
            asked.abort(new Stopped(signal))
            told()
          }
        })
    },

    /** A file could not be written to its end. @param error what writing it failed with */
    fileLost: (error: unknown) =>
      outputLost(error instanceof Error && 'code' in error ? String(error.code) : undefined),

    /**
     * Keeps a stream that fails from ending the process.
     * @param looking whether the command only looks: a reader that had enough ends it, and that is no fault
     */
    outliveOutput(
      { out, error }: { out: NodeJS.WritableStream; error: NodeJS.WritableStream },
      looking: () => boolean,
    ): void {
      out.on('error', (fault: NodeJS.ErrnoException) => {
        if (fault.code === 'EPIPE' && looking()) host.exit(0)
        outputLost(fault.code)
      })
      error.on('error', (fault: NodeJS.ErrnoException) => outputLost(fault.code))
    },

    /**
     * The exit code with what happened around the command: that of the signal; else 3 where output was lost and the
     * command by itself had ended with 0 or 1 (a 1 whose reasons nobody could read is no answer).
     * @param code the command's own exit code
     * @param told is called where output was lost
     */
    async exitCodeWith(
      code: number,
      { streams, told }: { streams: NodeJS.WritableStream[]; told: (code: string) => void },
    ): Promise<number> {
      for (const stream of streams)
        await new Promise<void>(resolve => void stream.write('', () => resolve()))
      if (lost !== undefined) told(lost)
      if (stop.aborted && stop.reason instanceof Stopped) return exitOf(stop.reason.signal)
      return lost !== undefined && code < 2 ? 3 : code
    },
  }
}
