// The named cases that came with the agreement's data: what the hub answers to each (test/data/cases.json).
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'

type Case = { name: string; patch: object; status: number; code?: string; pointer?: string }

const hub = await sharedHub()
const { cases } = JSON.parse(
  readFileSync(new URL('../data/cases.json', import.meta.url), 'utf8'),
) as { cases: Case[] }

describe('what the hub answers to a submission of', () => {
  test.each(cases)('$name', async ({ patch, status, code, pointer }) => {
    const answer = await submitRaw(hub, submissionOf(1, patch))
    expect([answer.status, answer.json.code]).toEqual([status, code])
    if (status === 201) expect(answer.json).toMatchObject({ status: 'requested', version: 1 })
    if (pointer !== undefined)
      expect(answer.json.errors?.map(error => error.pointer)).toContain(pointer)
  })
})
