// The messages that RFC 9421 appendix B.2 publishes, read from the vectors beside the project (HUB_VECTORS overrides
// where).
import { constants, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type MessageDescriptor, SignatureError, verifySignature } from 'http-message-sig'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { verifyRequest } from '../../signatures/verify.ts'
import { now } from './signing.ts'

const root = resolve(import.meta.dirname, '../..')
const file = resolve(root, process.env['HUB_VECTORS'] ?? '../shared/vectors', 'rfc9421.json')
const found = existsSync(file)
if (!found)
  console.warn(
    'RFC 9421 VECTORS ARE MISSING: the published messages are not tried. Set HUB_VECTORS.',
  )

const Vectors = z.object({
  messages: z.record(z.string(), z.string()),
  keys: z.record(z.string(), z.string()),
})
const vectors = found
  ? Vectors.parse(JSON.parse(readFileSync(file, 'utf8')))
  : { messages: {}, keys: {} }

test('the published vectors are there', context => {
  if (!found && process.env['CI'] !== 'true') context.skip()
  expect(found).toBe(true)
})

const algorithms = {
  'test-key-rsa-pss': 'rsa-pss-sha512',
  'test-key-ecc-p256': 'ecdsa-p256-sha256',
  'test-key-ed25519': 'ed25519',
} as const
type KeyName = keyof typeof algorithms

/** RFC 9421 §3.3.1, §3.3.4, §3.3.6 with the published public key of that name. */
const holds = (name: KeyName, base: Uint8Array, signature: Uint8Array): boolean => {
  const body = (vectors.keys[`${name}.pub`] ?? '').replaceAll(/-----[A-Z ]+-----|\s/g, '')
  const key = createPublicKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'spki' })
  if (name === 'test-key-ed25519') return verify(null, base, key, signature)
  if (name === 'test-key-ecc-p256')
    return verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return verify('sha512', base, { key, padding, saltLength: 64 }, signature)
}

/** An HTTP message as the vectors write it. */
const messageOf = (name: string): MessageDescriptor & { label: string } => {
  const text = vectors.messages[`${name}_signed.txt`] ?? ''
  const [first = '', ...lines] = (text.split('\n\n')[0] ?? '').split('\n')
  const fields = lines.map(line => ({
    name: line.slice(0, line.indexOf(':')),
    value: line.slice(line.indexOf(':') + 1).trim(),
  }))
  const label = /^sig-b\d\d/.exec(fields.find(one => one.name === 'Signature')?.value ?? '')?.[0]
  const [method = '', target = ''] = first.split(' ')
  const common = { fields, label: label ?? '' }
  return first.startsWith('HTTP/1.1 ')
    ? { kind: 'response', status: Number(target), ...common }
    : { kind: 'request', method, targetUri: `https://example.com${target}`, ...common }
}

/** Verifies by our three algorithms; gives the base that the library built. */
const verified = async (name: string, message = messageOf(name)) => {
  let base = ''
  await verifySignature(message, {
    label: message.label,
    policy: {
      algorithms: Object.values(algorithms),
      requiredComponents: [],
      requiredParameters: [],
      now: 1_618_884_473,
    },
    resolveVerifier: ({ parameters: { keyid } }) => {
      const known = Object.keys(algorithms).find(one => one === keyid) as KeyName | undefined
      if (!known) throw new Error('no such key')
      return {
        algorithm: algorithms[known],
        verify: (data, signature) => {
          base = Buffer.from(data).toString()
          return holds(known, data, signature)
        },
      }
    },
  })
  return base
}

describe.runIf(found)('the messages of RFC 9421 appendix B.2', () => {
  const good = ['b21_request', 'b23_request', 'b24_response', 'b26_request']

  test.each(good)('%s verifies, over the very signature base that the RFC prints', async name => {
    expect(await verified(name)).toBe(vectors.messages[`${name}_sigbase.txt`])
  })

  test.each(good)('%s does not verify once anything that it covers is changed', async name => {
    const message = messageOf(name)
    const covered = /\(([^)]*)\)/.exec(
      vectors.messages[`${name}_sigbase.txt`]?.split('\n').at(-1) ?? '',
    )
    const names = [...(covered?.[1] ?? '').matchAll(/"([a-z-]+)"/g)].map(match => match[1])
    for (const changed of [...names, 'signature-input']) {
      const fields = message.fields.map(field => {
        if (field.name.toLowerCase() !== changed) return field
        const value =
          changed === 'signature-input' ? field.value.replace('473', '472') : `${field.value}x`
        return { ...field, value }
      })
      await expect(verified(name, { ...message, fields })).rejects.toMatchObject({
        code: 'VerificationFailed',
      })
    }
  })

  test('b22 is refused, not misread: @query-param has no place in our policy', async () => {
    await expect(verified('b22_request')).rejects.toMatchObject({ code: 'UnsupportedFeature' })
  })

  test('b25 is refused: a shared secret proves nothing to a third party', async () => {
    const error = await verified('b25_request').catch((one: unknown) => one)
    expect(error).toBeInstanceOf(SignatureError)
    expect(error).toMatchObject({ code: 'ResolverFailed' })
  })

  test('none of them is a request to the hub: they lack its label, and are refused before any look-up', async () => {
    for (const name of [
      'b21_request',
      'b22_request',
      'b23_request',
      'b25_request',
      'b26_request',
    ]) {
      const headers = messageOf(name).fields.map(({ name: field, value }) => [
        field.toLowerCase(),
        value,
      ])
      const lookups: string[] = []
      const asked = verifyRequest(
        {
          method: 'POST',
          path: '/foo',
          query: 'param=Value&Pet=dog',
          headers: Object.fromEntries(headers) as Record<string, string>,
          body: Buffer.from('{"hello": "world"}'),
        },
        {
          authority: 'example.com',
          now,
          findKey: async keyid => {
            lookups.push(keyid)
            return undefined
          },
        },
      )
      await expect(asked).rejects.toMatchObject({ code: 'signature-missing' })
      expect(lookups).toEqual([])
    }
  })
})
