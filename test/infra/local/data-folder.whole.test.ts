import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder, writeAtomically } from '../../../infra/local/data-folder.ts'
import { linesTo } from '../../../infra/local/log.ts'
import { machineFolder } from './fragment.ts'

test('a folder is made for its user only, and taken by one hub at a time', () => {
  const folder = join(machineFolder(), 'deep', 'data')
  const lock = lockFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readFileSync(join(folder, 'hub.pid'), 'utf8')).toBe(`${process.pid}\n`)
  expect(() => lockFolder(folder)).toThrow(`in use by another hub (process ${process.pid})`)
  lock.release()
  expect(existsSync(join(folder, 'hub.pid'))).toBe(false)
  lockFolder(folder).release()
})

test('what a dead hub left behind does not lock the folder, even if its pid is some other process’s now', () => {
  const folder = machineFolder()
  writeFileSync(join(folder, 'hub.pid'), `${process.pid}\n`)
  writeFileSync(join(folder, 'hub.lock'), '')
  lockFolder(folder).release()
})

test('a folder that cannot be made or written is named in one line', () => {
  const folder = machineFolder()
  const file = join(folder, 'file')
  writeFileSync(file, 'not a folder')
  expect(() => lockFolder(join(file, 'data'))).toThrow(
    /^cannot write to the data folder .*\/file\/data: .+$/,
  )
  mkdirSync(join(folder, 'data', 'hub.lock'), { recursive: true })
  expect(() => lockFolder(join(folder, 'data'))).toThrow('cannot write to the data folder')
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o500 })
  // The superuser may write anywhere.
  if (process.getuid?.() !== 0)
    expect(() => lockFolder(closed)).toThrow('cannot write to the data folder')
  chmodSync(closed, 0o700)
})

test('a file is replaced whole, for its user only, and nothing is left beside it', () => {
  const folder = machineFolder()
  const file = join(folder, 'f.json')
  writeAtomically(file, 'a longer first content')
  writeAtomically(file, 'second')
  expect(readFileSync(file, 'utf8')).toBe('second')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['f.json'])
})

test('log text that comes in pieces is cut into whole lines', () => {
  const lines: string[] = []
  const write = linesTo(line => lines.push(line))
  for (const piece of ['a', 'b\nc', '\n\n', 'd\r\n', 'unfinished']) write(piece)
  expect(lines).toEqual(['ab', 'c', 'd'])
})
