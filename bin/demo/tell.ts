// The demo: starts a hub in this process, runs the command line against it as its users would, checks what comes, and
// ends by itself.
import type { Language } from '../../texts/labels.ts'
import { demoHub } from './hub.ts'
import { scenes } from './scenes.ts'
import { stageOn } from './stage.ts'

/**
 * Tells the whole story. This process lives in a folder of the demo meanwhile.
 * @param paint whether ANSI colours may be used
 * @param play what is shown: the scenes, unless a test has its own
 * @param interrupted lets the scene under way finish, so that the hub is stopped and its folder removed
 * @returns the exit code: 0 everything held · 1 something did not · 130 interrupted
 */
export async function tell({
  language,
  paint,
  interrupted,
  write,
  play = scenes,
}: {
  language: Language
  paint: boolean
  interrupted: AbortSignal
  write: (text: string) => void
  play?: typeof scenes
}): Promise<0 | 1 | 130> {
  const stage = stageOn(write, language, paint)
  stage.tell('intro')
  const hub = await demoHub(language)
  try {
    for (const scene of play(hub, stage)) if (!interrupted.aborted) await scene()
  } finally {
    await hub.stop()
  }
  if (interrupted.aborted) return 130
  const { failures } = stage
  stage.tell(failures === 0 ? 'end.good' : 'end.bad', { failures })
  return failures === 0 ? 0 : 1
}
