#!/usr/bin/env node
// `npx verify-log` in a checkout. Executable in the repository, since npm makes every `bin` so, and a checkout must
// stay as it is.
import { onNode } from './on-node.mjs'

await onNode('../verify/verify-log.ts')
