// Prints the manifest of the console as this repository builds it: byte for byte what a hub of this version serves at
// /console/manifest.json. In a process of its own, for what only compares it needs no bundler (bin/console-check).
import { gunzipSync } from 'node:zlib'
import { buildConsole } from './build.ts'

const { files } = await buildConsole()
process.stdout.write(gunzipSync(Buffer.from(files['manifest.json']?.gz ?? '', 'base64')))
