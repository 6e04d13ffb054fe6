// hub me: whom the hub takes the caller for.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { roleLabels } from '../../texts/referral.ts'
import { wallClock, type Terminal } from '../terminal.ts'

export function addMe(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  command(program, 'me', say('me.about')).action(async () => {
    const { client, names } = await connect(program.opts<ConnectOptions>(), 'igm-system', terminal)
    const { body } = await client.me()
    if (terminal.json) return terminal.record(body)
    const { institution, keyid, roles, post, validUntil, agreements, now, vkey, logSize } = body
    const name = names.get(keyid)
    const facts: [string, string][] = [
      [say('fact.institution'), institution],
      [say('fact.key'), name === undefined ? keyid : `${name} · ${keyid}`],
      [say('fact.roles'), roles.map(role => roleLabels[role][language]).join(', ')],
      ...(post === undefined ? [] : [[say('fact.post'), post] as [string, string]]),
      [say('fact.valid-until'), wallClock(validUntil)],
      [say('fact.agreements'), agreements.join(', ') || '–'],
      [say('fact.hub-clock'), wallClock(now)],
      [say('fact.log-size'), String(logSize)],
      [say('fact.vkey'), vkey],
    ]
    terminal.facts(facts)
  })
}
