// Requests that no client of ours would send: changed after it was signed, and sent a second time.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomToken } from '../../signatures/keys.ts'
import { signerOf, signRequest } from '../../signatures/sign.ts'
import type { DemoHub } from './hub.ts'

/**
 * Signs a request of IGM's. Resolves to what sends it, with another body if one is given, and resolves to the code of
 * the refusal.
 */
async function signed(hub: DemoHub, method: string, target: string, body?: string) {
  const key = hub.key('igm-system')
  const headers = new Headers({ 'idempotency-key': randomToken(16) })
  if (body !== undefined) headers.set('content-type', 'application/json')
  const request = {
    method,
    url: `http://${hub.authority}${target}`,
    headers,
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  }
  const fields = await signRequest(request, await signerOf(key), key.keyid, hub.now())
  return async (sent = body): Promise<string> => {
    const more = sent === undefined ? {} : { body: sent }
    const answer = await fetch(`${hub.url}${target}`, { method, headers: fields, ...more })
    const { code = '–' } = (await answer.json()) as { code?: string }
    return code
  }
}

/** A submission whose priority somebody changed on its way. Resolves to the code it is refused with. */
export async function changedOnItsWay(hub: DemoHub, submission: object): Promise<string> {
  const body = JSON.stringify(submission)
  const send = await signed(hub, 'POST', '/v1/referrals', body)
  return send(body.replace('"priority":"routine"', '"priority":"stat"'))
}

/** A request that somebody recorded and sends once more. Resolves to the code it is refused with. */
export async function sentAgain(hub: DemoHub): Promise<string> {
  const send = await signed(hub, 'GET', '/v1/referrals?direction=sent')
  await send()
  return send()
}

/**
 * Makes a refusal in an exported log one that never was: as long as before, so that nothing but this one word changes.
 */
export async function changeOneWord(folder: string): Promise<void> {
  const entries = join(folder, 'tile', 'entries')
  const [name = ''] = await readdir(entries)
  const file = join(entries, name, ...(await readdir(join(entries, name)).catch(() => [])))
  const bytes = await readFile(file)
  bytes.write('"outcome":"failed"', bytes.indexOf('"outcome":"denied"'))
  await writeFile(file, bytes)
}

/**
 * How many files of a hub's folder there are, and which of the texts occur in one of them. Its functions' code, which
 * lies in `built` while it runs, has the contract's examples and nothing that was sent.
 */
export async function searched(folder: string, texts: readonly string[]) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names
    .filter(name => name.isFile())
    .map(name => join(name.parentPath, name.name))
    .filter(path => !path.startsWith(join(folder, 'built')))
  const files = await Promise.all(paths.map(path => readFile(path)))
  const found = texts.filter(text => files.some(bytes => bytes.includes(text)))
  return { files: files.length, found }
}
