// hub inbox redrive: what a queue has lost or parked comes again.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import type { Terminal } from '../terminal.ts'

const usual = 'ala-system'

export function addRedrive(program: Command, terminal: Terminal) {
  const { say } = terminal
  const inbox = command(program, 'inbox', say('inbox.about'))
  command(inbox, 'redrive', say('redrive.about')).action(async () => {
    const { client } = await connect(program.opts<ConnectOptions>(), usual, terminal)
    const { body } = await client.redrive()
    if (terminal.json) terminal.record(body)
    else terminal.line(say('redrive.count', { count: body.redriven }))
  })
}
