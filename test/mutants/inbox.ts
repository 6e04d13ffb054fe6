// What an inbox is owed, how often it comes, and in which order.
import type { Mutant } from './mutant.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'a redrive finds missing what the queue counts less of, and not what it gives out no more',
    file: 'functions/inbox/redrive.ts',
    find: 'await parkedAmong(left.rows, now, deps)',
    replace: '0',
    tests: ['test/journeys/redrive.whole.test.ts'],
  },
  {
    name: 'news overtake what was never sent',
    file: 'events/delivery.ts',
    find: "open.some(isDue) ? 'early' : 'in-order'",
    replace: "false ? 'early' : 'in-order'",
    tests: ['test/events/delivery.test.ts'],
  },
  {
    name: 'a first copy is taken to lie behind what was swept since',
    file: 'events/delivery.ts',
    find: 'return sentBefore === 0 || open.some(isDue)',
    replace: 'return open.some(isDue)',
    tests: ['test/journeys/owed.whole.test.ts'],
  },
  {
    name: 'messages of one referral are judged in the order of the queue',
    file: 'functions/inbox/deliveries.ts',
    find: 'const all = inSequence(left)',
    replace: 'const all = [...left]',
    tests: ['test/functions/inbox/deliveries.test.ts'],
  },
  {
    name: 'a copy that goes takes the next one with it',
    file: 'functions/inbox/deliveries.ts',
    find: 'if (result) given.set(',
    replace: 'given.set(',
    tests: ['test/functions/inbox/deliveries.test.ts'],
  },
  {
    name: 'a message comes without the one before it, which failed',
    file: 'functions/inbox/deliveries.ts',
    find: '.values()].map(inTurn))',
    replace: '.values()].flat().map(one => inTurn([one])))',
    tests: ['test/functions/inbox/deliveries.test.ts'],
  },
  {
    name: 'a pull that found copies alone ends there',
    file: 'functions/inbox/pull.ts',
    find: 'if (deliveries.length > 0 || received.length === 0 || round === mostRounds)',
    replace: 'if (deliveries.length >= 0)',
    tests: ['test/journeys/owed.whole.test.ts'],
  },
  {
    name: 'the local queue gives one message of a group',
    file: 'infra/local/fifo.ts',
    find: 'given.push(...one)',
    replace: 'return one',
    tests: ['test/infra/local/fifo.test.ts'],
  },
  {
    name: 'a copy is given out before what lies behind it',
    file: 'events/delivery.ts',
    find: "if (own.sends > sentBefore + 1) return 'stale'",
    replace: '',
    tests: ['test/events/delivery.test.ts'],
  },
  {
    name: 'a copy long after says that it is the first',
    file: 'functions/effects/sweep.ts',
    find: 'return before === 0 ? owed.message',
    replace: 'return before >= 0 ? owed.message',
    tests: ['test/journeys/owed.whole.test.ts'],
  },
  {
    name: 'what is acknowledged is owed all the same',
    file: 'functions/effects/commit.ts',
    find: '    ...settled.map(each => settling(deps).outbox.settle(each)),\n',
    replace: '',
    tests: ['test/journeys/owed.whole.test.ts'],
  },
]
