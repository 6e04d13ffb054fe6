// What a case is, and the requests that many of them make.
import { randomToken } from '../../signatures/keys.ts'
import { conformanceCases, type conformanceGroups } from '../../texts/conformance.ts'
import { filled, type Values } from '../../texts/filled.ts'
import type { Language } from '../../texts/language.ts'
import type { Answer, Kit, Request } from './kit.ts'
import { submission } from './person.ts'

export type Group = keyof typeof conformanceGroups

export type Case = {
  group: Group
  name: Record<Language, string>
  /** Keys of hub.json that it takes; without them it is skipped. */
  needs: readonly string[]
  expected: { status: number; code?: string }
  run: (kit: Kit) => Promise<Answer>
}

export const igm = 'igm-system'
export const ala = 'ala-system'
export const always = ['@method', '@authority', '@path', '@query']

export const list: Request = { target: '/v1/referrals?direction=sent&limit=1' }
export const post = (target: string, body: object | string, key = true): Request => ({
  target,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: key ? { 'idempotency-key': randomToken(16) } : {},
})
export const submit = (kit: Kit) => post('/v1/referrals', submission(kit.now()))
export const mine = (kit: Kit) => `/v1/referrals/${kit.state.get('referralId')}`

/** The answer where it says what it should; else one that is as no case expects. */
export const checked = (answer: Answer, holds: boolean): Answer =>
  holds ? answer : { ...answer, status: 0 }

export const made =
  (group: Group, status: number, code: string | undefined, needs: readonly string[]) =>
  (key: keyof typeof conformanceCases, run: Case['run'], values: Values = {}): Case => ({
    group,
    name: {
      es: filled(conformanceCases[key].es, values),
      en: filled(conformanceCases[key].en, values),
    },
    needs,
    expected: { status, ...(code === undefined ? {} : { code }) },
    run,
  })
