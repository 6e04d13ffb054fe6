// The command line of the hub, in a process.
import { commandLine } from './command-line.ts'

process.exitCode = await commandLine(process)
