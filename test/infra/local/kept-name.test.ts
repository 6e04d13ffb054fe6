import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartError } from '../../../infra/local/data-folder.ts'
import { keptName } from '../../../infra/local/kept-name.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-name-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a new local hub says in its name that it is local, and keeps it', () => {
  expect(keptName(folder)).toBe('referral-hub.example/local')
  expect(readFileSync(join(folder, 'hub-name'), 'utf8')).toBe('referral-hub.example/local\n')
  writeFileSync(join(folder, 'kms.json'), '{}')
  expect(keptName(folder)).toBe('referral-hub.example/local')
})

test('a folder of a hub before 0.2, which kept no name, goes on under the one that its log has', () => {
  writeFileSync(join(folder, 'kms.json'), '{}')
  expect(keptName(folder)).toBe('referral-hub.example')
  expect(keptName(folder)).toBe('referral-hub.example')
})

test('a name that is none keeps the hub from starting', () => {
  writeFileSync(join(folder, 'hub-name'), 'A hub\n')
  expect(() => keptName(folder)).toThrow(StartError)
})
