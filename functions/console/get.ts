// GET /, /console and what is below it: the console's files, as console/build.ts made them. Open to anybody, for there
// is nothing of anybody in them: who may do what is decided where the page's requests go.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { env, hubName, log, newId, now } from '../aws/runtime.ts'
import { type Coding, chosenCoding, matches } from '../http/conditional.ts'
import { problemAnswer } from '../http/problem.ts'
import type { Handler, Result } from '../http/respond.ts'

export const needs = [] as const

type File = { type: string; immutable: boolean; sha256: string; br: string; gz: string }
type Files = { files: Record<string, File>; shell: string; pages: string }

/** Beside the bundle (infra/bundle.ts). Read once per instance, at its first request. */
let read: Files | undefined
const console = (): Files =>
  (read ??= JSON.parse(readFileSync(new URL('console.json', import.meta.url), 'utf8')) as Files)

/** What a page of ours may do: load its own files, talk to its own hub, and be nobody else's frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // One, which lets one file through: the worker's (console/src/check-log.ts).
  'trusted-types referral-hub',
].join('; ')

const always = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

/** A file as an answer, in the coding that the caller prefers. */
const content = (file: File, coding: Coding): Pick<Result, 'body' | 'isBase64Encoded'> => {
  const gz = Buffer.from(file.gz, 'base64')
  const body = { br: file.br, gzip: file.gz, identity: '' }[coding]
  return {
    body: coding === 'identity' ? gunzipSync(gz).toString('base64') : body,
    isBase64Encoded: true,
  }
}

const coded = (file: File, coding: Coding) => ({
  'content-type': file.type,
  ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
})

/** A file, or 304 where the caller has it already. */
const serve = (file: File, headers: Partial<Record<string, string>>): Result => {
  const coding = chosenCoding(headers['accept-encoding'])
  // RFC 9110 §8.8.3: each coding of a file is another representation.
  const etag = `"${file.sha256}-${coding}"`
  const about = {
    etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (matches(headers['if-none-match'], etag)) return { statusCode: 304, headers: about }
  return {
    statusCode: 200,
    headers: { ...about, ...coded(file, coding) },
    ...content(file, coding),
  }
}

/**
 * The page for whoever followed a wrong link: the shell, which says in their language that there is none. It is of the
 * address alone: no cache keeps it, and it is never 304.
 */
const noPage = (file: File, headers: Partial<Record<string, string>>): Result => {
  const coding = chosenCoding(headers['accept-encoding'])
  return {
    statusCode: 404,
    headers: { vary: 'accept-encoding', ...coded(file, coding) },
    ...content(file, coding),
  }
}

/** What the page cannot know by itself: the host that it signs for, and the hub's clock. */
const aboutHub = (): Result => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ authority: env('AUTHORITY'), now: now() }),
})

const answer = (event: APIGatewayProxyEventV2, requestId: string): Result => {
  const path = event.rawPath
  if (path === '/') return { statusCode: 302, headers: { location: '/console' } }
  if (path === '/console/hub.json') return aboutHub()
  const { files, shell, pages } = console()
  const name = path.replace(/^\/console\/?/, '')
  const isPage = name === '' || new RegExp(pages).test(name)
  // The shell is served by its paths alone, so that it has one place in a cache.
  const file = isPage ? files[shell] : name === shell ? undefined : own(files, name)
  if (file) return serve(file, event.headers)
  const page = files[shell]
  if (page && !namesFile(name)) return noPage(page, event.headers)
  const acceptLanguage = event.headers['accept-language']
  return problemAnswer('not-found', { hub: hubName(), requestId, acceptLanguage })
}

/** A file's name has a dot, as no page has: its absence is told to a program, not to a person. */
const namesFile = (name: string): boolean => name.slice(name.lastIndexOf('/') + 1).includes('.')

const own = (files: Record<string, File>, name: string): File | undefined =>
  Object.hasOwn(files, name) ? files[name] : undefined

export const handler: Handler = async event => {
  const requestId = newId()
  const began = performance.now()
  const { headers, body, ...result } = answer(event, requestId)
  const ms = Math.round(performance.now() - began)
  log('info', 'request', { requestId, route: 'console', status: result.statusCode, ms })
  return {
    ...result,
    headers: { 'cache-control': 'no-store', ...headers, ...always, 'x-request-id': requestId },
    ...(body === undefined || event.requestContext.http.method === 'HEAD' ? {} : { body }),
  }
}
