import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/built-hub.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // For two cores: a worker often waits for a hub or a command line that it started as a process.
    maxWorkers: 3,
    // Files of one worker share what they import: loading the CDK and the SDK anew for each was a third of the time.
    isolate: false,
    // Hubs and command lines that tests start as processes compile their files once.
    env: {
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      // Keys of logs that tests pin are none of the user's.
      HUB_LOG_KEYS: join(tmpdir(), `hub-log-keys-${process.pid}`),
    },
    reporters: ['default'],
  },
})
