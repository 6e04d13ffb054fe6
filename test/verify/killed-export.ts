// An export that dies by kill -9 while it writes its n-th file: `killed-export.ts FOLDER HUB AHEAD-MS N`, run by
// verify-log.trust.whole.test.ts.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportLog } from '../../bin/export-log.ts'
import { callerOf, hubFileOf } from '../journeys/callers.ts'

const [, , folder = '', data = '', ahead = '0', count = '1'] = process.argv
const place = { url: '', data, aheadMs: Number(ahead) }
const client = await callerOf({ ...place, url: hubFileOf(place).url }, 'igm-compliance')
let left = Number(count)
await exportLog(
  {
    request: async (method, path, options) => {
      const answer = await client.request<never>(method, path, options)
      if (!path.includes('/tile/') || --left > 0) return answer
      // What a file under way leaves behind.
      const begun = join(folder, `${path.slice('/v1/access-log/'.length)}.part`)
      mkdirSync(dirname(begun), { recursive: true })
      writeFileSync(begun, 'half of i')
      process.kill(process.pid, 'SIGKILL')
      return answer
    },
  },
  folder,
  { hub: hubFileOf(place).authority },
)
