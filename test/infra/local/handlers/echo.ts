// Answers with the event it got, or does what the query's `do` says.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'

const answers: Record<string, unknown> = {
  'no-status': { said: 'plain' },
  empty: { statusCode: 204 },
  base64: {
    statusCode: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: '/wD+',
    isBase64Encoded: true,
  },
  cookies: { statusCode: 200, cookies: ['a=1', 'b=2'], body: '' },
  'bad-header': { statusCode: 200, headers: { 'x-split': 'a\r\nx-injected: b' }, body: 'never' },
  large: { statusCode: 200, body: 'a'.repeat(5 * 1024 * 1024) },
  'too-large': { statusCode: 200, body: 'a'.repeat(6 * 1024 * 1024) },
  'bad-status': { statusCode: 99 },
  connection: {
    statusCode: 200,
    headers: { connection: 'close', 'content-length': '1', 'content-type': 'text/plain' },
    body: 'whole',
  },
}

export const handler = async (
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<unknown> => {
  const what = event.queryStringParameters?.['do'] ?? ''
  if (what === 'throw') throw new Error('the secret reason')
  // A busy loop: nothing else in this thread runs any more.
  if (what === 'block') for (;;);
  if (what === 'crash') setImmediate(() => process.exit(7))
  if (what === 'crash' || what === 'hang') return new Promise(() => {})
  if (what === 'slow') await new Promise(done => setTimeout(done, 300))
  if (what in answers) return answers[what]
  const remaining = context.getRemainingTimeInMillis()
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event, remaining, functionName: context.functionName }),
  }
}
