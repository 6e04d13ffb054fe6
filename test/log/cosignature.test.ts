// Cosignatures against one that a public witness made of a public log, and against a second construction from the specification.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { parseNote, signatureOf } from '../../log/checkpoint.ts'
import {
  claims,
  cosignatureLine,
  cosignedAt,
  cosignedMessage,
  cosignerName,
  judgeCosignature,
  readSignedCheckpoint,
} from '../../log/cosignature.ts'
import type { Instant } from '../../schemas/ids.ts'
import { cosignature } from '../journeys/cosigning.ts'

/**
 * A checkpoint of the certificate log arche2025h1 (staging), cosigned by four witnesses; the keys of the log and of the witness
 * remora.n621.de are the published ones, as vkeys.
 */
const published = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`
const keyOf = (vkey: string) => {
  const [name = '', id = '', ...rest] = vkey.split('+')
  const bytes = Buffer.from(rest.join('+'), 'base64')
  return { name, id, type: bytes[0], publicKey: bytes.subarray(1) }
}
const remora = keyOf('remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2')
const arche = keyOf(
  'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f',
)

describe('a checkpoint that a public witness cosigned', () => {
  const note = parseNote(published)
  const { text = '', lines = [] } = note ?? {}
  const own = lines.filter(line => claims(line, remora))

  test('names the witness by the published key ID, of the type of cosignatures', () => {
    expect(remora.type).toBe(4)
    expect(own.map(({ id }) => id.toString('hex'))).toEqual([remora.id])
  })

  test('has a cosignature that holds, and says when it was made', () => {
    expect(own.map(line => cosignedAt(text, line, remora))).toEqual([1_779_573_024])
  })

  test('is written again byte for byte from its parts', () => {
    const [line] = own
    const written = cosignatureLine(remora, 1_779_573_024, line?.signature.subarray(8) as Buffer)
    expect(published).toContain(`\n${written}`)
  })

  test('is signed by its log, whose other key’s line of another algorithm is read past', () => {
    const log = { origin: arche.name, publicKey: arche.publicKey }
    expect(readSignedCheckpoint(published, log)).toMatchObject({ head: { size: 1_432_088_532 } })
  })

  test.each([
    ['the size', (all: string) => all.replace('1432088532', '1432088533')],
    ['the root', (all: string) => all.replace('U7WM', 'U7WN')],
    ['the origin', (all: string) => all.replace('arche', 'brche')],
  ])('does not hold any more once %s is changed', (_, change) => {
    const changed = parseNote(change(published))
    const line = changed?.lines.find(one => claims(one, remora))
    expect(line).toBeDefined()
    expect(cosignedAt(changed?.text ?? '', line as never, remora)).toBeUndefined()
    expect(signatureOf(changed as never, arche.name, arche.publicKey)).toBeUndefined()
  })
})

test('an institution’s name stands beside the log’s origin', () => {
  expect(cosignerName('referral-hub.example/access-log', 'IGM')).toBe(
    'referral-hub.example/institutions/IGM',
  )
  expect(cosignerName('referral-hub.example', 'ALA')).toBe('referral-hub.example/institutions/ALA')
})

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
  const judged = (...lines: string[]) => {
    const note = parseNote(`${text}\n${lines.join('')}`)
    return note && judgeCosignature(note, cosigner, now)
  }
  const line = cosignature(text, { jwk, name, time })

  test('is made as the specification words it', () => {
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    const signature = sign(null, cosignedMessage(text, time), key)
    expect(cosignatureLine(cosigner, time, signature)).toBe(line)
    expect(cosignedMessage(text, time).toString()).toBe(`cosignature/v1\ntime ${time}\n${text}`)
  })

  test('is taken from 300 seconds behind to 30 seconds ahead of the hub’s clock', () => {
    for (const at of [time - 300, time, time + 30])
      expect(judged(cosignature(text, { jwk, name, time: at }))).toMatchObject({ time: at })
    for (const at of [time - 301, time + 31, 0, 253_402_300_799])
      expect(judged(cosignature(text, { jwk, name, time: at }))).toEqual({
        refused: 'cosignature-time',
      })
  })

  test('is found among those of others', () => {
    const others = [
      cosignature(text, { jwk: other, name, time }),
      cosignature(text, { jwk, name: 'witness.example/w1', time }),
    ]
    expect(judged(others[0] as string, line, others[1] as string)).toEqual({ line, time })
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
  ])('is refused with %s', (_, lines) => {
    expect(judged(lines)).toEqual({ refused: 'cosignature-invalid' })
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
  ])('%s', (_, note, refused) => {
    expect(readSignedCheckpoint(note, log)).toMatchObject({ refused })
  })
})
