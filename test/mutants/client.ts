// Calls to AWS that end in time, and sealing.
import type { Mutant } from './mutant.ts'

const handler = 'functions/aws/request-handler.ts'
const handled = ['test/functions/aws/request-handler.test.ts']
const sent = ['test/functions/aws/client.test.ts']
const timed = ['test/functions/aws/client.times.test.ts']
const jwe = 'functions/crypto/compact-jwe.ts'
const sealed = ['test/functions/crypto/compact-jwe.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'a try that gets no answer never ends',
    file: handler,
    find: "() => sent.destroy(new TryTimeout('the answer took too long'))",
    replace: '() => undefined',
    tests: timed,
  },
  {
    name: 'a connection that is not made is waited for as long as an answer',
    file: handler,
    find: "() => sent.destroy(new TryTimeout('no connection in time'))",
    replace: '() => undefined',
    tests: handled,
  },
  {
    name: 'a broken connection is no reason to try again',
    file: 'functions/aws/client.ts',
    find: 'const { output } = await retrying(once, {})({ input: command.input, request: undefined })',
    replace: 'const { output } = await once()',
    tests: sent,
  },
  {
    name: 'a clock that is wrong stays wrong',
    file: 'functions/aws/client.ts',
    find: '    ahead = measured\n',
    replace: '',
    tests: timed,
  },
  {
    name: 'a sealed text of another algorithm opens',
    file: jwe,
    find: 'enc !== algorithms.enc',
    replace: 'enc === undefined',
    tests: sealed,
  },
  {
    name: 'a header that must be understood is passed by',
    file: jwe,
    find: " || 'crit' in header",
    replace: '',
    tests: sealed,
  },
]
