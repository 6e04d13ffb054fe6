// Which folder may import what. One row for each folder; what a row does not name is refused. `npm run borders` holds
// the code to it, and borders.test.ts plants every import that it does not name, and expects each to be refused.
import { builtinModules } from 'node:module'

/** What the files of one folder may import beside the folder's own. */
export type Row = {
  /** Other rows of this table. A row stands for its own files alone: `infra` does not bring `infra/local`. */
  ours: readonly string[]
  /** Packages of npm, by name; `@scope/*` is a scope. */
  npm: readonly string[]
  /** Modules of Node.js, without `node:`; `all` of them, or none. */
  node: 'all' | readonly string[]
}

/** What runs anywhere: in a function, in a browser, on an auditor's machine. */
const pure = ['schemas', 'events', 'log', 'signatures', 'texts'] as const

const subjects = [
  'access-log',
  'agreement',
  'consent',
  'hub',
  'inbox',
  'institution',
  'referral',
  'reports',
] as const
/** A subject's doors: they know everything below them, and no other subject's doors. */
const door: Row = {
  ours: [
    'schemas',
    'events',
    'log',
    'signatures',
    'functions/crypto',
    'functions/aws',
    'functions/effects',
    'functions/http',
  ],
  npm: ['aws-lambda'],
  node: ['crypto'],
}

const aws = '@aws-sdk/*'

/** The folders of the checkout. `test` may import anything, and nothing imports it: no row names it. */
export const table: Readonly<Record<string, Row | 'anything'>> = {
  schemas: { ours: [], npm: ['zod'], node: [] },
  events: { ours: ['schemas', 'texts'], npm: [], node: [] },
  log: { ours: [], npm: ['@noble/hashes'], node: [] },
  signatures: { ours: ['schemas'], npm: ['http-message-sig', 'structured-headers'], node: [] },
  texts: { ours: ['schemas'], npm: ['zod'], node: [] },
  'functions/crypto': {
    ours: ['schemas', 'events', 'log', 'signatures'],
    npm: ['jose'],
    node: ['crypto', 'zlib'],
  },
  'functions/aws': {
    ours: ['schemas', 'events', 'log', 'signatures', 'functions/crypto'],
    // `@smithy/*`: what the SDK is made of (functions/aws/client.ts).
    npm: ['zod', aws, '@smithy/*'],
    node: ['async_hooks', 'crypto', 'http', 'https', 'timers/promises'],
  },
  'functions/effects': {
    ours: ['schemas', 'events', 'log', 'signatures', 'functions/crypto', 'functions/aws'],
    npm: [],
    node: ['crypto'],
  },
  'functions/http': {
    ours: [...pure, 'functions/crypto', 'functions/aws', 'functions/effects'],
    npm: ['@middy/core', 'aws-lambda', 'zod'],
    node: ['crypto'],
  },
  ...Object.fromEntries(subjects.map(subject => [`functions/${subject}`, door])),
  // It reads what was bundled with it: which console is served.
  'functions/hub': { ...door, node: ['crypto', 'fs'] },
  // Serves files: it knows nobody.
  'functions/console': {
    ours: ['functions/aws', 'functions/http'],
    npm: ['aws-lambda'],
    node: ['fs', 'zlib'],
  },
  client: { ours: ['schemas', 'signatures'], npm: ['http-message-sig'], node: [] },
  // Its build, which a deployment and a local hub run.
  console: { ours: ['console/src'], npm: ['esbuild'], node: 'all' },
  // What a browser runs.
  'console/src': {
    ours: [...pure, 'client', 'verify'],
    npm: ['@scure/bip39', 'preact'],
    node: [],
  },
  verify: {
    ours: ['schemas', 'log', 'signatures', 'texts'],
    npm: ['zod'],
    node: 'all',
  },
  // Reads what a hub keeps, by the shapes that its functions read it with.
  fsck: {
    ours: ['schemas', 'events', 'log', 'texts', 'functions/crypto', 'functions/aws', 'verify'],
    npm: ['zod'],
    node: 'all',
  },
  infra: {
    ours: ['schemas', 'events', 'signatures', 'functions/aws', 'infra/account', 'console'],
    npm: ['aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild', 'zod'],
    node: 'all',
  },
  // What an account has, asked with the credentials of whoever deploys.
  'infra/account': { ours: ['infra'], npm: [aws], node: 'all' },
  'infra/local': {
    ours: ['schemas', 'events', 'signatures', 'functions/aws', 'functions/http', 'infra'],
    npm: [aws, 'aws-lambda', 'commander', 'fauxqs', 'jose', 'zod'],
    node: 'all',
  },
  bin: {
    ours: [
      ...pure,
      'client',
      'verify',
      'fsck',
      'infra',
      'bin/demo',
      'bin/sign-check',
      'bin/console-check',
      // package.json: its version.
      '.',
    ],
    npm: [
      'commander',
      'csv-parse',
      'get-east-asian-width',
      'http-message-sig',
      'structured-headers',
      'zod',
    ],
    node: 'all',
  },
  // It answers with the hub's own reading of a request, limits and all.
  'bin/sign-check': {
    ours: ['schemas', 'events', 'signatures', 'texts', 'client', 'functions/http', 'bin'],
    npm: ['structured-headers', 'zod'],
    node: 'all',
  },
  // It reads what a hub serves: bytes, compared with the build's.
  'bin/console-check': { ours: ['schemas', 'client'], npm: ['zod'], node: 'all' },
  'bin/demo': {
    ours: [...pure, 'client', 'verify', 'bin', 'infra', 'infra/local'],
    npm: ['zod'],
    node: 'all',
  },
  test: 'anything',
  // The checks of .ci, and what configures a tool at the top.
  '.ci': { ours: ['infra'], npm: ['knip'], node: 'all' },
  '.': { ours: [], npm: ['vitest'], node: 'all' },
}

/** Files that nothing imports and that import nothing: each is run, or read, by its path, and says by what. */
export const run: Readonly<Record<string, string>> = {
  'test/data/make-referrals.mjs': 'by hand, when the examples change',
  'test/infra/local/handlers/inspect.ts': 'test/infra/local/workers.test.ts',
  'test/infra/local/handlers/tick.ts': 'test/infra/local/schedules.test.ts',
}

/** The row that a path belongs to: the longest folder that it is in. None: the table does not know the folder. */
export const folderOf = (path: string): string | undefined =>
  path.includes('/')
    ? Object.keys(table)
        .filter(folder => path.startsWith(`${folder}/`))
        .toSorted((one, other) => other.length - one.length)[0]
    : '.'

export const nodeModules: readonly string[] = builtinModules.filter(name => !name.startsWith('_'))
