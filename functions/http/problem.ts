// Refusals as RFC 9457 answers. What a caller sent is never repeated: pointers name places that the schema knows, codes
// say what is wrong.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type HubName, problemType } from '../../schemas/hub-name.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import type { FieldError, ProblemDetails } from '../../schemas/problem-details.ts'

/** Spanish unless the caller prefers English (RFC 9110 §12.5.4, the highest weight of the two). */
export const languageOf = (acceptLanguage: string | undefined): 'es' | 'en' => {
  let best: { language: 'es' | 'en'; weight: number } = { language: 'es', weight: 0 }
  for (const range of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const q = parameters
      .map(parameter => parameter.trim())
      .find(parameter => parameter.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    const language = tag.split('-')[0]
    if ((language === 'es' || language === 'en') && weight > best.weight)
      best = { language, weight }
  }
  return best.language
}

/** Seconds after which it makes sense to try again. */
const retryAfter: Partial<Record<ProblemCode, string>> = {
  'request-in-progress': '1',
  // At a whole number of requests a second the next one is never further off.
  'rate-limited': '1',
  unavailable: '5',
  'log-stale': '30',
}

export const problemAnswer = (
  code: ProblemCode,
  {
    hub,
    requestId,
    acceptLanguage,
    errors,
    allow,
    status = problems[code].status,
  }: {
    hub: HubName
    requestId: string
    acceptLanguage?: string | undefined
    errors?: FieldError[] | undefined
    /** The methods that the path has, where this is not one of them. */
    allow?: string | undefined
    status?: number | undefined
  },
): APIGatewayProxyStructuredResultV2 => {
  const language = languageOf(acceptLanguage)
  const details: ProblemDetails = {
    type: problemType(hub, code),
    title: problems[code][language],
    status,
    code,
    instance: requestId,
    ...(errors?.length ? { errors } : {}),
  }
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      ...(allow === undefined ? {} : { allow }),
      ...(retryAfter[code] ? { 'retry-after': retryAfter[code] } : {}),
    },
    body: JSON.stringify(details),
  }
}
