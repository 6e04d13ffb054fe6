// docs/partners.es.md and .en.md do what they say: their bytes are recomputed, what they name is named so by the hub.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { explain } from '../../bin/sign-check/explain.ts'
import { readCaptured } from '../../bin/sign-check/message.ts'
import { cosignedMessage, cosignerName } from '../../log/cosignature.ts'
import { RevocationReason } from '../../schemas/agreement.ts'
import { DataCategory } from '../../schemas/consent.ts'
import { deliveriesBeforeParking } from '../../schemas/inbox.ts'
import { KeyProof, keyProofType } from '../../schemas/institution.ts'
import { problems } from '../../schemas/problem.ts'
import { Submission } from '../../schemas/referral.ts'
import { routes } from '../../schemas/routes.ts'
import { texts, pages, blocksOf, block, sectionOf } from './partner-pages.ts'

test('both languages have the same programs, and the same sections', () => {
  const programs = pages.map(([, text]) => blocksOf(text).slice(0, -1))
  expect(programs[0]).toHaveLength(9)
  expect(programs[1]).toEqual(programs[0])
  const commands = pages.map(([, text]) => blocksOf(text).at(-1)?.code.replaceAll(/ *#.*/g, ''))
  expect(commands[1]).toBe(commands[0])
  const sections = pages.map(([, text]) => [...text.matchAll(/^## (\d+)\. /gm)].map(([, n]) => n))
  expect(sections[0]).toEqual(Array.from({ length: 13 }, (_, n) => String(n + 1)))
  expect(sections[1]).toEqual(sections[0])
})

test.each(pages)('prose of the page in %s fits 120 columns', (_, text) => {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '').split('\n')
  expect(prose.filter(line => line.length > 120)).toEqual([])
})

describe('the worked bytes', () => {
  const base = block('text').trimEnd()
  const message = block('http').trimEnd().replaceAll('\n', '\r\n')
  // RFC 9421, appendix B.1.4.
  const publicKey = createPublicKey(
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----',
  )

  test('are as long and hash to what stands beside them', () => {
    expect(texts.es).toContain(`estos ${Buffer.byteLength(base)} bytes`)
    expect(texts.en).toContain(`these ${Buffer.byteLength(base)} bytes`)
    for (const [, text] of pages)
      expect(text).toContain(createHash('sha256').update(base).digest('hex'))
  })

  test('verify under the key of RFC 9421, by node:crypto alone', () => {
    const signature = /^Signature: hub=:(.*):\r$/m.exec(message)?.[1] ?? ''
    expect(verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64'))).toBe(true)
    const body = message.slice(message.indexOf('\r\n\r\n') + 4)
    expect(message).toContain(createHash('sha256').update(body).digest('base64'))
  })

  test('are what the hub builds of the request', async () => {
    const request = readCaptured(Buffer.from(message))
    if (!request) throw new Error('no request')
    const verdict = await explain(request, { authority: 'hub.example.org', keys: [] })
    // Everything but the key, which no hub should know.
    expect([verdict.code, verdict.base]).toEqual(['key-unknown', base])
  })
})

test.each(pages)('the codes that %s explains are the codes of the hub, each once', (_, text) => {
  const section = sectionOf(text, 10)
  const codes = [...section.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? ''),
  )
  const [title, ...explained] = codes
  expect(title).toBe('code')
  expect(explained.toSorted()).toEqual(Object.keys(problems).toSorted())
})

test.each(pages)('%s names every claim of a proof and every reason of a revocation', (_, text) => {
  const section = sectionOf(text, 11)
  const names = [keyProofType, ...Object.keys(KeyProof.shape), ...RevocationReason.options]
  const told = (name: string) => section.includes(`\`${name}\``) || section.includes(`"${name}"`)
  expect(names.filter(name => !told(name))).toEqual([])
})

test.each(pages)(
  '%s names a cosigner and what a cosignature is over as the hub does',
  (_, text) => {
    const section = sectionOf(text, 12)
    expect(section).toContain(`\`${cosignerName('referral-hub.example/access-log', '<CODE>')}\``)
    const [header, time] = Buffer.from(cosignedMessage('', 7)).toString().split('\n')
    expect(section).toContain(`\`${header}\`, LF, \`${time?.replace('7', '<T>')}\`, LF`)
    expect(section).toContain(routes['access-log.cosign'].path)
  },
)

describe('the referral that is explained', () => {
  const body = JSON.parse(block('json')) as object

  test('is one that the hub takes, with every category', () => {
    expect(Submission.safeParse(body)).toMatchObject({ success: true })
    expect(Object.keys(Submission.parse(body).payload).toSorted()).toEqual(
      DataCategory.options.toSorted(),
    )
  })

  test.each(pages)('has every member explained in %s', (_, text) => {
    const told = new Set([...sectionOf(text, 7).matchAll(/`(\w+)`/g)].map(([, name]) => name))
    const members = [...Object.keys(Submission.shape), ...DataCategory.options]
    expect(members.filter(name => !told.has(name))).toEqual([])
  })
})

test.each(pages)('%s says after how many deliveries a message is parked', (language, text) => {
  const five = { es: '**cinco**', en: '**five**' }[language]
  expect([deliveriesBeforeParking, sectionOf(text, 8).includes(five ?? '')]).toEqual([5, true])
})
