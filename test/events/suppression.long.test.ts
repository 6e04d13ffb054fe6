// All histories of three quarters, 175,616 of them (attacked-report.ts).
import { test } from 'vitest'
import { expectNothingComputed } from './attacked-report.ts'

test('an attacker who tries every history of three quarters computes no hidden number of persons', () => {
  expectNothingComputed(3, [0, 1, 2, 3, 4, 5])
}, 240_000)
