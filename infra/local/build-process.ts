// `build-process.ts FOLDER PER-SECOND BURST NAME [DECLARED]`: builds one hub into a folder that is there and empty, and
// ends (build-apart.ts).
import { HubName } from '../../schemas/hub-name.ts'
import { buildHub } from './build.ts'

const [folder = '', perSecond, burst, name, declared] = process.argv.slice(2)
const rate = { perSecond: Number(perSecond), burst: Number(burst) }
await buildHub(folder, [rate], {
  name: HubName.parse(name),
  ...(declared !== undefined && { declared }),
  shared: true,
})
