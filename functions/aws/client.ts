// AWS clients for functions, put together of the SDK's parts: its commands and shapes, its protocol, its retries, its
// signature. The SDK's own clients look for endpoint, authentication scheme and settings at each call, tell AWS about
// the caller's machine, and walk input and output for a logger that is not there: more than half of a call's CPU, and
// of a bundle. Here everything is settled when the client is made.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { KMSClient } from '@aws-sdk/client-kms'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { AwsJson1_0Protocol, AwsJson1_1Protocol } from '@aws-sdk/core/protocols'
import { StandardRetryStrategy, retryMiddleware } from '@smithy/core/retry'
import { TypeRegistry, operation } from '@smithy/core/schema'
import { SignatureV4 } from '@smithy/signature-v4'
import { ofTry, untilDeadline } from './deadline.ts'
import { credentials, region } from './endpoint.ts'
import { type Response, requestHandler } from './request-handler.ts'
import { Sha256, serde } from './serde.ts'

type Operation = ReturnType<typeof operation>

/** All that is read of a command of the SDK: what is asked, and the shapes of question and answer. */
type Command = { input: object; schema?: unknown }
/** What of the SDK's options of a call there is here: of each try, milliseconds; and a way to end it. */
type Options = { requestTimeout?: number; abortSignal?: AbortSignal }

/**
 * The errors of a service that an adapter looks into; all others are told by their names. (The SDK's own registries
 * have every error that a service knows, a third of its bundle.)
 */
export const errorsOf = (
  namespace: string,
  errors: readonly Parameters<TypeRegistry['registerError']>[],
): TypeRegistry[] => {
  const registry = new TypeRegistry(namespace)
  for (const [shape, made] of errors) registry.registerError(shape, made)
  return [registry]
}

/** The shapes of a command, as protocols want them. They are the same for all commands of one class. */
const operationOf = (() => {
  const operations = new WeakMap<object, Operation>()
  return ({ schema }: Command): Operation => {
    const known = operations.get(schema as object)
    if (known) return known
    const [, ...shapes] = schema as [number, ...Parameters<typeof operation>]
    const made = operation(...shapes)
    operations.set(schema as object, made)
    return made
  }
})()

/** AWS takes signatures that are five minutes old or ahead; the SDK's own clients mend a clock that is four off. */
const maxSkew = 4 * 60_000

/** Signs requests by AWS's clock, as far as its answers tell it. */
const signing = (service: string) => {
  const signature = new SignatureV4({
    credentials,
    region: region(),
    service,
    sha256: Sha256,
    applyChecksum: false,
  })
  /** Ms that AWS's clock is ahead of this machine's. */
  let ahead = 0
  return {
    sign: (request: Parameters<typeof signature.sign>[0]) =>
      signature.sign(request, { signingDate: new Date(Date.now() + ahead) }),
    /**
     * Whether an answer says that requests were signed for another time. From now on they are signed for the right one.
     */
    wasSkewed: ({ headers }: Response): boolean => {
      // An answer that somebody kept has an Age, and the date of another time (RFC 9110 §6.6.1, RFC 9111 §5.1).
      if (headers['age'] !== undefined || headers['date'] === undefined) return false
      const measured = Date.parse(headers['date']) - Date.now()
      if (!(Math.abs(measured - ahead) >= maxSkew)) return false
      ahead = measured
      return true
    },
  }
}

/**
 * A client that sends commands of the SDK to one service. No call outlives the deadline of its invocation, and no try
 * is begun after it. What fails for a reason that may pass is tried again as the SDK does it (its standard mode), up to
 * `maxAttempts` times in all; so is what was refused because this machine's clock is wrong, once it is known how wrong.
 *
 * It is typed as the SDK's client is, so that each command's answer has its type, and has `send` and `destroy` alone.
 *
 * @param service its name in signatures
 * @param endpoint its origin
 * @param baseDelay ms; the pauses between tries grow from it
 * @param maxSockets connections at once; what is sent beyond them waits
 */
export const awsClient = <C extends DynamoDBClient | KMSClient | SQSClient>({
  service,
  protocol,
  endpoint,
  maxAttempts,
  baseDelay = 50,
  maxSockets = 50,
}: {
  service: 'dynamodb' | 'kms' | 'sqs'
  protocol: AwsJson1_0Protocol | AwsJson1_1Protocol
  endpoint: string
  maxAttempts: number
  baseDelay?: number
  maxSockets?: number
}): C => {
  const handler = requestHandler({ maxSockets })
  const { protocol: scheme, host, hostname, port } = new URL(endpoint)
  const place = { protocol: scheme, hostname, ...(port && { port: Number(port) }), path: '/' }
  const context = { ...serde, endpoint: async () => place }
  protocol.setSerdeContext(context)
  const { sign, wasSkewed } = signing(service)
  const strategy = new StandardRetryStrategy({ maxAttempts, baseDelay })
  const retrying = retryMiddleware({
    retryStrategy: async () => strategy,
    maxAttempts: async () => maxAttempts,
  })

  const send = async (command: Command, { requestTimeout, abortSignal }: Options = {}) => {
    const asked = operationOf(command)
    const request = await protocol.serializeRequest(asked, command.input, context)
    request.headers['host'] = host
    request.headers['content-length'] = String(Buffer.byteLength(request.body as string))
    const once = async () => {
      const limits = ofTry(requestTimeout)
      const response = await handler.handle(await sign(request), limits, abortSignal)
      const clockSkewCorrected = wasSkewed(response)
      try {
        return { response, output: await protocol.deserializeResponse(asked, context, response) }
      } catch (error) {
        // Where the SDK's retries look for what AWS said beside the error, and where they learn of the clock.
        if (error instanceof Error) {
          Object.defineProperty(error, '$response', { value: response, configurable: true })
          if ('$metadata' in error) Object.assign(error.$metadata as object, { clockSkewCorrected })
        }
        throw error
      }
    }
    const { output } = await retrying(once, {})({ input: command.input, request: undefined })
    return output
  }
  const client = {
    send: (command: Command, options?: Options): Promise<unknown> =>
      untilDeadline(() => send(command, options)),
    destroy: (): void => handler.destroy(),
  }
  return client as unknown as C
}
