// What the benches share: a machine with the hub's stores, medians, and a count of the calls that a client makes.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { shutMachine } from '../shut-machine.ts'

/** The hub's tables and keys with nobody at the doors. `calls()` counts AWS calls since it was last asked. */
export const stores = async () => {
  const machine = await shutMachine()
  let count = 0
  const counted = <T extends DynamoDBClient | KMSClient>(client: T): T => {
    const stack = client.middlewareStack as DynamoDBClient['middlewareStack']
    stack.add(next => args => ((count += 1), next(args)), { step: 'initialize' })
    return client
  }
  const dynamodb = counted(new DynamoDBClient(machine.aws))
  const kms = counted(new KMSClient(machine.aws))
  return {
    dynamodb,
    kms,
    nameOf: machine.nameOf,
    calls: () => {
      const made = count
      count = 0
      return made
    },
    stop: async () => {
      dynamodb.destroy()
      kms.destroy()
      await machine.stop()
    },
  }
}
export type Stores = Awaited<ReturnType<typeof stores>>

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** Times in ms, by round, of things that are run in turns, so that a noisy machine is as noisy for each of them. */
export const timesInTurns = async (
  rounds: number,
  things: readonly (() => Promise<unknown>)[],
): Promise<number[][]> => {
  const times = things.map((): number[] => [])
  for (let round = 0; round < rounds + 1; round++)
    for (const [i, thing] of things.entries()) {
      const started = performance.now()
      await thing()
      // The first round warms up.
      if (round > 0) times[i]?.push(performance.now() - started)
    }
  return times
}

/** The medians of those times. */
export const inTurns = async (
  rounds: number,
  things: readonly (() => Promise<unknown>)[],
): Promise<number[]> => (await timesInTurns(rounds, things)).map(median)

/** The median of the rounds' ratios. */
export const ratio = (times: readonly number[], others: readonly number[]): number =>
  median(times.map((ms, i) => ms / (others[i] as number)))

/** A table as text; numbers to the right. */
export const table = (head: string[], rows: (string | number)[][]): string => {
  const cells = [head, ...rows.map(row => row.map(String))]
  const widths = head.map((_, i) => Math.max(...cells.map(row => (row[i] ?? '').length)))
  return cells
    .map(row =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** `2.4 ×`. */
export const times = (many: number): string => `${many.toFixed(many < 10 ? 1 : 0)} ×`
