// Preloaded by every npm script: node must be able to run TypeScript as it is (type stripping, Node 24).
import module from 'node:module'

const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `referral-hub needs Node 24 or newer; this is ${process.version}.\n` +
      'On Linux and Windows "npm ci" brings its own: run it through npm ("npm start", "npm run demo", "npm run hub -- …").\n' +
      'On macOS, or after "npm ci --omit=optional", install Node 24 and try again.',
  )
  process.exit(2)
}
// What was stripped and compiled once starts in half the time after that.
module.enableCompileCache()
