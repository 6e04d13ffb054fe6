// npm run bench -- --peers: the hub beside two services that take referrals too, in turns, each a process of its own.
// What the peers are made of is installed by this alone, in a package of their own (peers/package.json).
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Contender, fhirWorks, hub, plain } from './contenders.ts'
import { median, table, times } from './measure.ts'

/** Side by side: callers, and how many submissions they make in a round. */
const callers = 16
const burst = 96
/** One after the other, in a round. */
const single = 8

const folder = fileURLToPath(new URL('peers', import.meta.url))

/** Brings the peers, unless they are there. Throws PeersMissing, which says what was tried. */
const install = (print: (line: string) => void) => {
  // npm writes this file last.
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return
  print('installing the peers (test/bench/peers), once')
  const npm = process.env['npm_execpath']
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]]
  try {
    execFileSync(command, [...before, ...parameters], { cwd: folder, stdio: 'inherit' })
  } catch {
    throw new PeersMissing(`npm ${parameters.join(' ')} failed in test/bench/peers`)
  }
}

/** What cannot be measured, for the peers are not there. */
export class PeersMissing extends Error {}

/** Where there is no procfs, CPU and memory are not known. */
const shown = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits))

const timed = async (thing: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await thing()
  return performance.now() - started
}

/** Milliseconds, but for `rate`, which is a second's submissions. */
type Figures = { submit: number; rate: number; cpu: number; open: number }
const figures = ['submit', 'rate', 'cpu', 'open'] as const

const round = async ({ service, prepareSubmit, prepareOpens }: Contender): Promise<Figures> => {
  const alone: number[] = []
  // What a caller does, signing among it, is done before the time is taken.
  for (let n = 0; n < single; n++) alone.push(await timed(prepareSubmit()))
  const opens: number[] = []
  for (const open of await prepareOpens(single)) opens.push(await timed(open))
  const sends = Array.from({ length: burst }, prepareSubmit)
  const before = service.weight()
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: callers }, async () => {
        for (let send = sends.pop(); send; send = sends.pop()) await send()
      }),
    ),
  )
  const after = service.weight()
  return {
    submit: median(alone),
    rate: (burst / ms) * 1000,
    cpu: before && after ? (after.cpuMs - before.cpuMs) / burst : NaN,
    open: median(opens),
  }
}

const line = (name: keyof Figures, [own, ...peers]: Figures[][]) => {
  const of = (rounds: Figures[]) => median(rounds.map(each => each[name]))
  const digits = name === 'rate' ? 0 : 1
  const ratio = (peer: Figures[]) =>
    median(peer.map((each, i) => (own?.[i]?.[name] ?? NaN) / each[name]))
  return [
    ...[own ?? [], ...peers].map(each => shown(of(each), digits)),
    ...peers.map(ratio).map(each => (Number.isNaN(each) ? '–' : times(each))),
  ]
}

const titles: Record<keyof Figures, string> = {
  submit: 'submit at one client, ms (p50)',
  rate: `submissions a second at ${callers} clients`,
  cpu: 'CPU of a submission, ms (process tree)',
  open: 'open or read, ms (p50)',
}

const inTurn = async (contenders: Contender[], rounds: number) => {
  const measured = contenders.map((): Figures[] => [])
  for (let n = 0; n <= rounds; n++)
    for (const [i, contender] of contenders.entries()) {
      const figuresOfRound = await round(contender)
      // The first round warms up.
      if (n > 0) measured[i]?.push(figuresOfRound)
    }
  return measured
}

/** Resident MiB of each after every thousand of `requests` submissions at 16 clients. */
const memory = async (contenders: Contender[], requests: number) => {
  const grown = contenders.map(({ service }) => [service.weight()?.residentMb ?? NaN])
  for (let done = 0; done < requests; done += 1000)
    for (const [i, { service, prepareSubmit }] of contenders.entries()) {
      let left = 1000
      await Promise.all(
        Array.from({ length: callers }, async () => {
          while (left-- > 0) await prepareSubmit()()
        }),
      )
      grown[i]?.push(service.weight()?.residentMb ?? NaN)
    }
  return grown
}

/** Runs the bench and prints ratios of the hub to its peers; with `requests`, memory over so many submissions too. */
export const benchPeers = async (
  rounds: number,
  requests: number,
  print: (line: string) => void,
): Promise<void> => {
  install(print)
  const data = mkdtempSync(join(tmpdir(), 'hub-peers-'))
  const contenders: Contender[] = []
  try {
    for (const start of [hub, fhirWorks, plain]) {
      const own = join(data, start.name)
      mkdirSync(own)
      contenders.push(await start(own))
    }
    const names = contenders.map(({ name }) => name)
    const measured = await inTurn(contenders, rounds)
    const { length } = JSON.stringify(contenders[0]?.sample)
    print(
      `\n${rounds} rounds in turns, of ${single} submissions and ${single} openings one by one and ${burst} submissions` +
        ` side by side; ${length} bytes each; ${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.version}`,
    )
    print(
      table(
        ['', ...names, ...names.slice(1).map(name => `of ${name}`)],
        figures.map(name => [titles[name], ...line(name, measured)]),
      ),
    )
    if (requests > 0) {
      const grown = await memory(contenders, requests)
      print(`\nResident MiB of the process tree, after thousands of further submissions`)
      print(
        table(
          [
            '',
            ...(grown[0] ?? []).map((_, thousand) => `${thousand}`),
            'a thousand more, from 2 on',
          ],
          grown.map((each, i) => [
            names[i] ?? '',
            ...each.map(mb => shown(mb, 0)),
            shown(((each.at(-1) ?? NaN) - (each[2] ?? NaN)) / (each.length - 3), 1),
          ]),
        ),
      )
    }
  } finally {
    for (const { service } of contenders) await service.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
