// What is read ahead of a request, for whom and for how long; and what waits for a key's rate.
import type { Mutant } from './mutant.ts'

const ahead = ['test/journeys/ahead.test.ts']
const known = ['test/functions/http/known.test.ts']
const admission = ['test/journeys/admission.whole.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'what was read ahead serves every run',
    file: 'functions/http/route.ts',
    find: 'next = noRows',
    replace: 'next = known',
    tests: known,
  },
  {
    name: 'a row that was read ahead is handed out again and again',
    file: 'functions/aws/known-rows.ts',
    find: 'left.delete(id)',
    replace: 'left.has(id)',
    tests: known,
  },
  {
    name: 'whoever names a known key has rows read',
    file: 'functions/http/identify.ts',
    find: 'const seen = proven && directory.lastSeen(keyid)',
    replace: 'const seen = directory.lastSeen(keyid)',
    tests: ahead,
  },
  {
    name: 'a key without a role for the route has its rows read',
    file: 'functions/http/identify.ts',
    find: 'params?.success === false || !spec.roles.some(role => key.roles.includes(role))',
    replace: 'params?.success === false',
    tests: ahead,
  },
  {
    name: 'a key that signs no more has rows read',
    file: 'functions/http/identify.ts',
    find: 'directory.forget(arrived.claimed.keyid)',
    replace: 'arrived.claimed.keyid',
    tests: ahead,
  },
  {
    name: 'a transaction does not wait for the rate',
    file: 'functions/http/route.ts',
    find: 'commit: async effect => {\n          await admission',
    replace: 'commit: async effect => {',
    tests: admission,
  },
  {
    name: 'a refusal is written down for a key over its rate',
    file: 'functions/http/throttle.ts',
    find: 'await admission\n        // Its refusal',
    replace: '// Its refusal',
    tests: admission,
  },
]
