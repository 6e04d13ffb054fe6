// The one AWS endpoint of this machine: DynamoDB, SQS and KMS behind it, and in front of them the permissions of
// whoever calls.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { permissionsFor, type StorageKeys } from './access.ts'
import { answerOf, type AwsAnswer, AwsError, errorAnswerOf, type Service } from './aws-error.ts'
import type { DynamoDb } from './dynamodb.ts'
import type { Call } from './iam.ts'
import type { Kms } from './kms.ts'
import type { Report } from './log.ts'
import { account } from './names.ts'
import type { Authorize } from './policies.ts'
import type { Sqs } from './sqs.ts'

/** Who may call: `admin` may do anything (provisioning, enrolment, tests), a role what its statements say. */
export type Access = {
  /** Only who was given it: other users of this machine reach the port too. */
  sessionToken: string
  admin: string
  roles: ReadonlySet<string>
  authorize: Authorize
  storageKeys: StorageKeys
  /** ARNs of the tables where a deletion is a destruction: nothing of it may stay on the disk. */
  destroyedIn: ReadonlySet<string>
}

/** A call as it arrived: `caller` is a role's logical id, or the admin. */
export type AwsCall = { caller: string; service: Service; operation: string; body: Buffer }
/**
 * Stands between callers and services: sees each call with its answer, may hold it up, and passes it on, with another
 * body if it likes. For tests that count.
 */
export type Around = (
  call: AwsCall,
  pass: (body: Buffer) => Promise<AwsAnswer>,
) => Promise<AwsAnswer>

const services: Record<string, Service> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  TrentService: 'kms',
}

const destroys = ({ action, resource }: Call, { destroyedIn }: Access) =>
  action === 'dynamodb:DeleteItem' && destroyedIn.has(resource)

const maxBody = 17 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) throw new AwsError('RequestEntityTooLarge', 'the request is too large', 413)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
}

const callerOf = (request: IncomingMessage, access: Access): string => {
  const caller = /Credential=([^/\s]+)\//.exec(request.headers.authorization ?? '')?.[1]
  const known = caller !== undefined && (caller === access.admin || access.roles.has(caller))
  if (!known || request.headers['x-amz-security-token'] !== access.sessionToken)
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      400,
    )
  return caller
}

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8') || '{}')
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON')
  }
}

/** Starts the endpoint on a free port of the loopback. Until `admit` says who may call, everybody is refused. */
export const startAwsEndpoint = async (local: {
  dynamodb: DynamoDb
  sqs: Sqs
  kms: Kms
  report: Report
  around?: Around | undefined
}) => {
  const { around = (call, pass) => pass(call.body) } = local
  let access: Access | undefined

  const check = (
    service: Service,
    operation: string,
    body: unknown,
    caller: string,
    { authorize, storageKeys }: Access,
  ): Call[] => {
    let calls
    try {
      calls = permissionsFor(service, operation, body, { keys: local.kms.keys, storageKeys })
    } catch {
      throw new AwsError('ValidationException', `${operation} does not say what it is about`)
    }
    for (const call of calls) {
      const reason = authorize(caller, call)
      if (reason === undefined) continue
      const user = `arn:aws:sts::${account}:assumed-role/${caller}/local`
      local.report('error', 'access-denied', {
        role: caller,
        action: call.action,
        resource: call.resource,
      })
      throw new AwsError(
        'AccessDeniedException',
        `User: ${user} is not authorized to perform: ${call.action} on resource: ${call.resource} ${reason}`,
      )
    }
    return calls
  }

  const dispatch = async (
    service: Service,
    target: string,
    request: IncomingMessage,
  ): Promise<AwsAnswer> => {
    const body = await bodyOf(request)
    const who = access
    if (!who) throw new AwsError('ServiceUnavailable', 'the local hub is starting', 503)
    const caller = callerOf(request, who)
    const operation = target.slice(target.indexOf('.') + 1)
    return around({ caller, service, operation, body }, passed =>
      serve(service, target, passed, { caller, who }),
    )
  }

  const serve = async (
    service: Service,
    target: string,
    body: Buffer,
    { caller, who }: { caller: string; who: Access },
  ): Promise<AwsAnswer> => {
    const operation = target.slice(target.indexOf('.') + 1)
    const parsed = service === 'kms' || caller !== who.admin ? parse(body) : undefined
    const calls = caller === who.admin ? [] : check(service, operation, parsed, caller, who)
    if (service === 'dynamodb') {
      const answer = await local.dynamodb.call(target, body)
      if (answer.status === 200 && calls.some(call => destroys(call, who)))
        local.dynamodb.scrubSoon()
      return answer
    }
    if (service === 'sqs') return local.sqs.call(target, body.toString('utf8'))
    return answerOf('kms', local.kms.call(operation, parsed))
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const target = String(request.headers['x-amz-target'] ?? '')
    const service = services[target.slice(0, target.indexOf('.'))]
    const answer = service
      ? await dispatch(service, target, request).catch((error: unknown) => {
          if (!(error instanceof AwsError))
            local.report('error', 'aws-endpoint', { target, error: String(error) })
          return errorAnswerOf(service, error)
        })
      : errorAnswerOf('dynamodb', new AwsError('UnknownOperationException', 'no such service here'))
    // The functions' clock may be another day's. The SDK would take this machine's date for skew, and try what was
    // refused again.
    response.sendDate = false
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
    })
    response.end(answer.body)
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    admit: (who: Access) => {
      access = who
    },
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
