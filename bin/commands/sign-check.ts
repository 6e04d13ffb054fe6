// hub sign-check: why a captured request is refused, without any network.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { algorithmOf, verifyingKey } from '../../signatures/algorithms.ts'
import { parsePrivateJwk, publicHalf, thumbprint } from '../../signatures/keys.ts'
import { type DirectoryKey, PublicJwk } from '../../schemas/agreement.ts'
import { InstitutionCode, Instant } from '../../schemas/ids.ts'
import { command } from '../command.ts'
import { type ConnectOptions, readHubFile } from '../connect.ts'
import { readOctets, readText } from '../input.ts'
import { jsonValue } from '../json-records.ts'
import { type KnownKey, explain } from '../sign-check/explain.ts'
import { readCaptured } from '../sign-check/message.ts'
import { sentence } from '../../texts/sign-check-findings.ts'
import type { Terminal } from '../terminal.ts'
import { instant, UsageError } from '../usage.ts'

type SignCheckOptions = { publicKey?: string; at?: string }

export function addSignCheck(program: Command, terminal: Terminal) {
  const { say } = terminal
  command(program, 'sign-check', say('sign-check.about'))
    .argument('<file>', say('sign-check.file'))
    .option('--public-key <file>', say('sign-check.public-key'))
    .option('--at <time>', say('sign-check.at'), instant('start'))
    .action(async (file: string, { publicKey, at }: SignCheckOptions) => {
      const options = program.opts<ConnectOptions>()
      const request = readCaptured(await readOctets(file, terminal.reading))
      if (!request) throw new UsageError('usage.no-request')
      // A folder is needed only for what was not given.
      const hub = /^https?:/.test(options.hub)
        ? { authority: new URL(options.hub).host, keys: [] }
        : publicKey === undefined || options.authority === undefined
          ? await readHubFile(options.hub)
          : { authority: options.authority, keys: [] }
      const files = publicKey
        ? [{ name: publicKey, file: publicKey }]
        : hub.keys.map(key => ({ name: key.name, file: resolve(options.hub, key.file) }))
      const keys = await Promise.all(
        files.map(async (each): Promise<KnownKey> => {
          const key = await readPublic(each.file, terminal.reading)
          return { ...key, name: each.name }
        }),
      )
      const authority = options.authority ?? hub.authority
      const verdict = await explain(request, {
        authority,
        keys,
        ...(at === undefined ? {} : { at: Date.parse(at) }),
      })
      const { code, findings, base } = verdict
      if (terminal.json)
        terminal.record({
          ok: code === undefined,
          code,
          findings: findings.map(({ key, values }) => ({ finding: key, ...values })),
          base,
        })
      else {
        if (code) terminal.line(terminal.bold(say('sign-check.refused', { code })))
        for (const finding of findings) terminal.line(`  ${sentence(finding, terminal.language)}`)
        if (code && base) {
          terminal.line('')
          terminal.line(say('sign-check.base'))
          for (const line of base.split('\n')) terminal.line(`  ${line}`)
        }
      }
      if (code) terminal.ending.exitWith(1)
    })
}

/** The public half of a JWK file, as the directory would have it: valid at all times, for whoever holds it. */
const readPublic = async (file: string, reading: Terminal['reading']): Promise<DirectoryKey> => {
  try {
    const parsed = jsonValue(await readText(file, reading))
    const isPrivate = typeof parsed === 'object' && parsed !== null && 'd' in parsed
    const jwk = isPrivate ? publicHalf(parsePrivateJwk(parsed)) : PublicJwk.parse(parsed)
    // A weak key can be explained; what is no key at all cannot.
    await verifyingKey(algorithmOf[jwk.kty], jwk)
    return {
      keyid: await thumbprint(jwk),
      institution: InstitutionCode.parse('XXX'),
      roles: ['liaison'],
      alg: algorithmOf[jwk.kty],
      jwk,
      validFrom: Instant.parse('2000-01-01T00:00:00.000Z'),
      validUntil: Instant.parse('2100-01-01T00:00:00.000Z'),
    }
  } catch {
    throw new UsageError('usage.unreadable-key')
  }
}
