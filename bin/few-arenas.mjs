// Preloaded by `npm start`. glibc gives every thread a store of memory of its own, and what is freed in it stays there:
// a hub's dozen threads held 616 MiB after 5,000 requests, 470 with two stores for all of them (`npm run bench -- --only
// memory`). It asks once, before a program begins; so this one begins again, in the same process.
import process from 'node:process'

const { env, execPath, execArgv, argv, platform } = process
if (platform === 'linux' && env['MALLOC_ARENA_MAX'] === undefined)
  process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], {
    ...env,
    MALLOC_ARENA_MAX: '2',
  })
