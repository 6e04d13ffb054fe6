// What no function reaches of the packages that it is made of, and no bundler can know: changed on the way into a
// bundle by the pinned versions' file names. A change that no longer changes its file is an error; what else comes in
// is held by the sizes in test/infra/local/built.whole.test.ts.
import { readFile } from 'node:fs/promises'
import type { Plugin, PluginBuild } from 'esbuild'

const changing =
  (run: PluginBuild) =>
  (filter: RegExp, change: (source: string) => string): void =>
    run.onLoad({ filter }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = change(source)
      if (contents === source) throw new Error(`nothing is left out of ${path}`)
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' }
    })

/** SHA-256 as `@noble/hashes` has it, by Node.js. */
const sha256OfNode = `import { createHash } from 'node:crypto'
const create = () => {
  const hash = createHash('sha256')
  const made = { update: data => (hash.update(data), made), digest: () => new Uint8Array(hash.digest()) }
  return made
}
export const sha256 = Object.assign(data => create().update(data).digest(), { create })`

/**
 * Our AWS client (functions/aws/client.ts) reads a command's input and shapes alone, registers the errors that it needs
 * itself, signs requests and streams nothing; there is Node.js; and nobody reads zod's own messages
 * (schemas/field-errors.ts).
 */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup(run) {
    const changed = changing(run)
    // Commands without the middleware that the SDK's own clients run.
    changed(/@aws-sdk\/client-\w+\/dist-es\/commandBuilder\.js$/, source => {
      const others = [...source.matchAll(/^export const (_\w+) =/gm)].map(([, name]) => name)
      return `export const command = (ep, mw, name, schema) => class {
        constructor(input) { this.input = input; this.schema = schema }
      }
      ${others.map(name => `export const ${name} = undefined`).join('\n')}`
    })
    // The SDK's own clients, which load what they may need as they run: a module that is loaded so is kept whole.
    changed(
      /@aws-sdk\/client-\w+\/dist-es\/runtimeConfig\.js$/,
      () => `export const getRuntimeConfig = () => { throw new Error('functions/aws/client.ts') }`,
    )
    // Every error that a service knows, and names of members that keep every shape: a bundler must take a name that is
    // computed for an effect.
    changed(/@aws-sdk\/client-\w+\/dist-es\/schemas\/schemas_0\.js$/, source => {
      const texts = new Map(
        [...source.matchAll(/^const (_\w+) = ("\w+");$/gm)].map(([, name, text]) => [name, text]),
      )
      return source
        .replaceAll(/^\w+_registry\.registerError\(.*\);$/gm, '')
        .replace(/(?<=^export const errorTypeRegistries = )\[[^\]]*\]/m, '[]')
        .replaceAll(
          /\[(_\w+)\]:/g,
          (all, name: string) => `${texts.get(name) ?? all.slice(0, -1)}:`,
        )
    })
    // Parts of a message that go by HTTP: all goes in a body of JSON.
    changed(
      /@smithy\/core\/dist-es\/submodules\/protocols\/HttpBindingNormalizedSchema\.js$/,
      () =>
        'export const getHttpOperationBindings = () => [], HttpBindingNormalizedSchema = undefined',
    )
    // Dates that are spelled out: JSON of AWS counts seconds.
    changed(/@smithy\/core\/dist-es\/submodules\/serde\/date-utils\.js$/, source =>
      source.replace(
        /^const RFC3339 = .*?(?=^export const parseEpochTimestamp)/ms,
        `const spelled = () => { throw new Error('infra/left-out.ts') }
        export const parseRfc3339DateTime = spelled
        export const parseRfc3339DateTimeWithOffset = spelled
        export const parseRfc7231DateTime = value => new Date(value)
        `,
      ),
    )
    // Event streams: as answers, and as what is signed.
    changed(/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/, () => 'export {}')
    changed(/@smithy\/core\/dist-es\/submodules\/protocols\/HttpProtocol\.js$/, source =>
      source
        .replace(/^ {4}async serializeEventStream.*?(?=^ {4}getDefaultContentType)/ms, '')
        .replace(/^ {4}getEventStreamMarshaller.*?(?=^\})/ms, ''),
    )
    changed(
      /@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
      () => 'export class HeaderFormatter {}',
    )
    changed(/@noble\/hashes\/sha2\.js$/, () => sha256OfNode)
    // Made while they are loaded, and not used: a bundler cannot know that making them has no other effect.
    changed(/\/http-message-sig\/dist\/index\.mjs$/, source =>
      source.replace(/^const webcrypto = (?=Object\.freeze)/m, '$&/* @__PURE__ */ '),
    )
    changed(/\/zod\/v4\/core\/json-schema-processors\.js$/, source =>
      source.replaceAll(/(?<=: )formatContributor\(/g, '/* @__PURE__ */ $&'),
    )
    // Values that contain themselves: what is parsed here was JSON, or a row.
    changed(
      /\/zod\/v4\/core\/memoizer\.js$/,
      () =>
        'export const [memoizer, isBackEdge, isRecursiveSchema] = Array(3).fill(() => undefined)',
    )
    changed(
      /\/zod\/v4\/locales\/en\.js$/,
      () => `export default () => ({ localeError: () => 'invalid' })`,
    )
  },
}

/** Routes without what only OpenAPI tells of them. Answers are made by doors, and not parsed. */
export const withoutTold = (source: string): string =>
  source
    .replaceAll(/^ {4}summary:\s+'[^'\n]*',$/gm, '')
    .replaceAll(/^ {4}refusals: \[[^\]]*\],$/gm, '')
    .replaceAll(
      /^( {4}answer: \{ status: \d+), schema: .+?(, mediaType: '[^']*')? \},$/gm,
      '$1$2 },',
    )

/**
 * What is there to write shapes as JSON Schema, and the contract as OpenAPI: of zod, and of the list of routes.
 */
export const withoutJsonSchemas: Plugin = {
  name: 'without-json-schemas',
  setup(run) {
    const changed = changing(run)
    changed(/\/zod\/v4\/classic\/schemas\.js$/, source =>
      source
        .replaceAll(/^ *inst\._zod\.processJSONSchema = .*;$/gm, '')
        .replace(
          /^import (.*) from "\.\.\/core\/to-json-schema\.js";$/m,
          'const createStandardJSONSchemaMethod = () => undefined\n' +
            'const createToJSONSchemaMethod = () => { throw new Error("infra/left-out.ts") }',
        ),
    )
    // All but spec.ts, which has the types of these rows.
    changed(/\/schemas\/routes\/[\w-]*[^c]\.ts$/, withoutTold)
  },
}

/** Who writes shapes as JSON Schema has this of zod. */
export const jsonSchemaModule = /\/zod\/v4\/core\/to-json-schema\.js$/
