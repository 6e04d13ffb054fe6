// What a caller offers to countersign: whose checkpoint it is, and whose cosignature, made when.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  judgeCosignature,
  readSignedCheckpoint,
} from '../../../functions/access-log/cosignature-rules.ts'
import { parseNote } from '../../../log/checkpoint.ts'
import type { Instant } from '../../../schemas/ids.ts'
import type { PrivateJwk } from '../../../signatures/keys.ts'
import { cosignature } from '../../journeys/cosigning.ts'

const pair = () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'jwk' }) as PrivateJwk
}

describe('a cosignature of ours', () => {
  const [jwk, other] = [pair(), pair()]
  const name = 'referral-hub.example/institutions/IGM'
  const { x = '' } = jwk as { x?: string }
  const cosigner = { name, publicKey: Buffer.from(x, 'base64url') }
  const root = Buffer.alloc(32, 7).toString('base64')
  const text = `referral-hub.example/access-log\n9\n${root}\n`
  const now = '2026-11-21T12:00:00.000Z' as Instant
  const time = Date.parse(now) / 1000
  const judged = async (...lines: string[]) => {
    const note = parseNote(`${text}\n${lines.join('')}`)
    return note && (await judgeCosignature(note, cosigner, now))
  }
  const line = cosignature(text, { jwk, name, time })

  test('is taken from 300 seconds behind to 30 seconds ahead of the hub’s clock', async () => {
    for (const at of [time - 300, time, time + 30])
      expect(await judged(cosignature(text, { jwk, name, time: at }))).toMatchObject({ time: at })
    for (const at of [time - 301, time + 31, 0, 253_402_300_799])
      expect(await judged(cosignature(text, { jwk, name, time: at }))).toEqual({
        refused: 'cosignature-time',
      })
  })

  test('is found among those of others', async () => {
    const others = [
      cosignature(text, { jwk: other, name, time }),
      cosignature(text, { jwk, name: 'witness.example/w1', time }),
    ]
    expect(await judged(others[0] as string, line, others[1] as string)).toEqual({ line, time })
  })

  test.each([
    ['another key', cosignature(text, { jwk: other, name, time })],
    ['another key under the key’s ID', cosignature(text, { jwk: other, as: jwk, name, time })],
    ['another name', cosignature(text, { jwk, name: `${name}X`, time })],
    ['type 1', cosignature(text, { jwk, name, time, type: 1 })],
    ['type 5', cosignature(text, { jwk, name, time, type: 5 })],
    ['another header', cosignature(text, { jwk, name, time, header: 'cosignature/v2' })],
    ['another text', cosignature(text.replace('\n9\n', '\n8\n'), { jwk, name, time })],
    ['a time past the year 9999', cosignature(text, { jwk, name, time: 253_402_300_800 })],
    ['its line twice', line + line],
    ['two of its lines', line + cosignature(text, { jwk, name, time: time - 1 })],
    [
      'a bit turned',
      line.replace(/.{9}==\n$/, end => `${end.startsWith('A') ? 'B' : 'A'}${end.slice(1)}`),
    ],
    [
      'the time changed',
      line.replace(/ ([A-Za-z0-9+/=]+)\n$/, (_, blob: string) => {
        const bytes = Buffer.from(blob, 'base64')
        bytes.writeBigUInt64BE(BigInt(time + 1), 4)
        return ` ${bytes.toString('base64')}\n`
      }),
    ],
    [
      'eight bytes missing',
      line.replace(
        / ([A-Za-z0-9+/=]+)\n$/,
        (_, blob: string) => ` ${Buffer.from(blob, 'base64').subarray(0, 68).toString('base64')}\n`,
      ),
    ],
  ])('is refused with %s', async (_, lines) => {
    expect(await judged(lines)).toEqual({ refused: 'cosignature-invalid' })
  })
})

describe('what is offered as a checkpoint of ours is refused as', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const x = privateKey.export({ format: 'jwk' }).x ?? ''
  const log = { origin: 'log.example/a', publicKey: Buffer.from(x, 'base64url') }
  const root = Buffer.alloc(32).toString('base64')
  const text = `log.example/a\n5\n${root}\n`
  const other = `— log.example/b ${Buffer.alloc(68).toString('base64')}\n`
  const long = `log.example/a\n5\n${root}\nmore\n`
  test.each([
    ['no note at all', 'none', 'invalid-request'],
    ['a text without signatures', text, 'invalid-request'],
    ['a text and an empty line', `${text}\n`, 'invalid-request'],
    ['an extension line', `${long}\n${other}`, 'invalid-request'],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${other}`, 'invalid-request'],
    ['something behind the last line', `${text}\n${other}more`, 'invalid-request'],
    ['a size with a zero before it', `${text.replace('5', '05')}\n${other}`, 'invalid-request'],
    ['a size below nothing', `${text.replace('5', '-5')}\n${other}`, 'invalid-request'],
    ['a size beyond counting', `${text.replace('5', '9'.repeat(16))}\n${other}`, 'invalid-request'],
    ['a root that is too short', `${text.replace(root, 'AAAA')}\n${other}`, 'invalid-request'],
    ['a root spelt otherwise', `${text.replace('A=', 'B=')}\n${other}`, 'invalid-request'],
    ['unsigned by the log', `${text}\n${other}`, 'checkpoint-not-ours'],
    [
      'signed wrongly in the log’s name',
      `${text}\n${cosignature(text, { jwk: privateKey.export({ format: 'jwk' }) as PrivateJwk, name: 'log.example/a', time: 1, type: 1 })}`,
      'checkpoint-not-ours',
    ],
  ])('%s', async (_, note, refused) => {
    expect(await readSignedCheckpoint(note, log)).toMatchObject({ refused })
  })
})
