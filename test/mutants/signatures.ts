// Who may sign a request, and what a signature must cover.
import type { Mutant } from './mutant.ts'

const policy = 'signatures/policy.ts'
const hostile = ['test/signatures/hostile.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'the body need not be signed',
    file: policy,
    find: "claim.request.body.length === 0 || covers(claim, ['content-type', 'content-digest'])",
    replace: "claim.request.body.length === 0 || covers(claim, ['content-type'])",
    tests: hostile,
  },
  {
    name: 'the Idempotency-Key need not be signed',
    file: policy,
    find: "claim.request.headers['idempotency-key'] === undefined || covers(claim, ['idempotency-key'])",
    replace: "claim.request.headers['idempotency-key'] === undefined || covers(claim, [])",
    tests: hostile,
  },
  {
    name: 'a signature lives as long as it says',
    file: policy,
    find: "stated(claim, 'expires') - stated(claim, 'created') <= maxLifetime",
    replace: "stated(claim, 'expires') - stated(claim, 'created') > 0",
    tests: hostile,
  },
  {
    name: 'a signature of any tag is ours',
    file: policy,
    find: 'candidate.parameters.tag === tag',
    replace: "candidate.parameters.tag !== ''",
    tests: hostile,
  },
  {
    name: 'a revoked key signs',
    file: policy,
    find: 'key.revokedAt === undefined || key.revokedAt > now',
    replace: "key.revokedAt === undefined || key.revokedAt > ''",
    tests: hostile,
  },
  {
    name: 'a key signs before and after its time',
    file: policy,
    find: 'key.validFrom <= now && now <= key.validUntil',
    replace: 'key.validFrom <= now || now <= key.validUntil',
    tests: hostile,
  },
  {
    name: 'the digest need not be of the body',
    file: policy,
    find: 'digests.every(isSame)',
    replace: 'digests.every(({ given, actual }) => given.length === actual.length)',
    tests: hostile,
  },
]
