// Errors as AWS services answer them over JSON, so that the real SDK gives them their real names.

/** A refusal of a local service: `code` is the AWS error name, e.g. `InvalidCiphertextException`. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** One HTTP answer of a service behind the local endpoint. */
export type AwsAnswer = { status: number; headers: Record<string, string>; body: string | Buffer }

export type Service = 'dynamodb' | 'sqs' | 'kms'

const contentType = {
  dynamodb: 'application/x-amz-json-1.0',
  sqs: 'application/x-amz-json-1.0',
  kms: 'application/x-amz-json-1.1',
}

export const answerOf = (service: Service, body: unknown): AwsAnswer => ({
  status: 200,
  headers: { 'content-type': contentType[service] },
  body: JSON.stringify(body),
})

// SQS moved from the query protocol to JSON; `x-amzn-query-error` carries the old code, which the SDK prefers.
const queryCodes: Record<string, string> = {
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
}

/** `error` in the shape the service gives it. What is not an AwsError says nothing about itself. */
export const errorAnswerOf = (service: Service, error: unknown): AwsAnswer => {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError(
          service === 'kms' ? 'KMSInternalException' : 'InternalFailure',
          'internal',
          500,
        )
  const { code, message } = known
  const sqs = service === 'sqs'
  return {
    status: sqs && queryCodes[code] ? 403 : known.status,
    headers: {
      'content-type': contentType[service],
      ...(sqs && { 'x-amzn-query-error': `${queryCodes[code] ?? code};Sender` }),
    },
    body: JSON.stringify(
      service === 'kms'
        ? { __type: code, Message: message, message }
        : { __type: `com.amazon.coral.service#${code}`, Message: message, message },
    ),
  }
}
