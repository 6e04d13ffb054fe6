// Which functions keep their threads. Each thread holds some 40 MiB, and few of twenty functions are called often: as
// Lambda does, the hub ends what nobody asks for.

/** Calls count for half after this time. */
const halfLifeMs = 60_000

type Heat = { calls: number; at: number }

/** `most`: so many threads may wait for calls. Times in ms of a clock that never goes back. */
export const warmth = (most: number) => {
  const heats = new Map<string, Heat>()
  const heatOf = (name: string, now: number): number => {
    const { calls, at } = heats.get(name) ?? { calls: 0, at: now }
    return calls * 2 ** ((at - now) / halfLifeMs)
  }
  return {
    called: (name: string, now: number): void => {
      heats.set(name, { calls: heatOf(name, now) + 1, at: now })
    },
    /**
     * Which of the functions whose threads are `idle` loses its thread, when `running` of them have one; undefined
     * while they are few enough. It is the one that is called least, but whose thread is the `newest` must be called
     * twice as often as another to take its place: of many that are called in turns, most keep theirs.
     */
    coldest: (
      idle: readonly string[],
      { running, newest }: { running: number; newest: string },
      now: number,
    ): string | undefined => {
      if (running <= most) return undefined
      const standing = (name: string) => heatOf(name, now) * (name === newest ? 1 : 2)
      return idle.toSorted((a, b) => standing(a) - standing(b))[0]
    },
  }
}
