// The same file again sends only what is missing, although the hub was started anew in the meantime.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHub } from '../../infra/local/hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub, records } from './cli.ts'

test('at another port, and at an earlier hour', async () => {
  const data = temporaryFolder('repeat', onTestFinished)
  const options = { port: 0, now: new Date('2026-11-30T12:00:00.000Z'), data }
  const first = await startHub(options)
  const people = new URL('../data/referrals-250.jsonl', import.meta.url)
  const lines = (await readFile(people, 'utf8')).split('\n').slice(0, 8)
  const file = join(data, 'people.jsonl')
  const refer = async (some: string[]) => {
    await writeFile(file, some.join('\n'))
    return hub(['refer', file, '--json', '--hub', data])
  }
  await refer(lines.slice(0, 4))
  await first.stop()
  const second = await startHub(options)
  const { code, out, err } = await refer(lines)
  await second.stop()
  const summary = records(out).find(one => one['summary'])?.['summary']
  expect(summary, err).toMatchObject({ accepted: 8, repeated: 4 })
  expect(code).toBe(0)
})
