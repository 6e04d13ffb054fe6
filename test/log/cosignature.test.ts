// Cosignatures against one that a public witness made of a public log, and against a second construction from the
// specification.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { hex } from '../../log/bytes.ts'
import { parseCheckpointText, parseNote, signatureOf } from '../../log/checkpoint.ts'
import {
  claims,
  cosignatureLine,
  cosignedAt,
  cosignedMessage,
  cosignerName,
} from '../../log/cosignature.ts'
import { cosignature } from '../journeys/cosigning.ts'

/**
 * A checkpoint of the certificate log arche2025h1 (staging), cosigned by four witnesses; the keys of the log and of the
 * witness remora.n621.de are the published ones, as vkeys.
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
    expect(own.map(({ id }) => hex(id))).toEqual([remora.id])
  })

  test('has a cosignature that holds, and says when it was made', async () => {
    const times = own.map(line => cosignedAt(text, line, remora))
    expect(await Promise.all(times)).toEqual([1_779_573_024])
  })

  test('is written again byte for byte from its parts', () => {
    const [line] = own
    const written = cosignatureLine(
      remora,
      1_779_573_024,
      line?.signature.subarray(8) as Uint8Array,
    )
    expect(published).toContain(`\n${written}`)
  })

  test('is signed by its log, whose other key’s line of another algorithm is read past', async () => {
    const line = await signatureOf(note as never, arche.name, arche.publicKey)
    expect(line?.line).toMatch(/^— arche\S+ ui8G/)
    expect(parseCheckpointText(text)).toMatchObject({ origin: arche.name, size: 1_432_088_532 })
  })

  test.each([
    ['the size', (all: string) => all.replace('1432088532', '1432088533')],
    ['the root', (all: string) => all.replace('U7WM', 'U7WN')],
    ['the origin', (all: string) => all.replace('arche', 'brche')],
  ])('does not hold any more once %s is changed', async (_, change) => {
    const changed = parseNote(change(published))
    const line = changed?.lines.find(one => claims(one, remora))
    expect(line).toBeDefined()
    expect(await cosignedAt(changed?.text ?? '', line as never, remora)).toBeUndefined()
    expect(await signatureOf(changed as never, arche.name, arche.publicKey)).toBeUndefined()
  })
})

test('an institution’s name stands beside the log’s origin', () => {
  expect(cosignerName('referral-hub.example/access-log', 'IGM')).toBe(
    'referral-hub.example/institutions/IGM',
  )
  expect(cosignerName('referral-hub.example', 'ALA')).toBe('referral-hub.example/institutions/ALA')
})

test('a cosignature of ours is made as the specification words it', () => {
  const { privateKey: key } = generateKeyPairSync('ed25519')
  const jwk = key.export({ format: 'jwk' }) as PrivateJwk
  const name = 'referral-hub.example/institutions/IGM'
  const publicKey = Buffer.from((jwk as { x: string }).x, 'base64url')
  const text = `referral-hub.example/access-log\n9\n${Buffer.alloc(32, 7).toString('base64')}\n`
  const time = Date.parse('2026-11-21T12:00:00.000Z') / 1000
  const message = cosignedMessage(text, time)
  expect(Buffer.from(message).toString()).toBe(`cosignature/v1\ntime ${time}\n${text}`)
  const line = cosignature(text, { jwk, name, time })
  expect(cosignatureLine({ name, publicKey }, time, sign(null, message, key))).toBe(line)
})
