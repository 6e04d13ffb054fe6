// The demo: starts a hub in this process, runs the command line against it as its users would, checks what comes, and
// ends by itself.
import type { Language } from '../../texts/labels.ts'
import { type DemoHub, demoHub } from './hub.ts'
import { month } from './month.ts'
import { scenes } from './scenes.ts'
import { type Stage, stageOn } from './stage.ts'

/** What is shown, scene by scene. */
type Play = (hub: DemoHub, stage: Stage) => (() => Promise<unknown>)[]

const story: Play = (hub, stage) => [...scenes(hub, stage), ...month(hub, stage)]

/**
 * Tells the whole story. This process lives in a folder of the demo meanwhile.
 * @param paint whether ANSI colours may be used
 * @param interrupted lets the scene under way finish, so that the hub is stopped and its folder removed
 * @returns the exit code: 0 everything held · 1 something did not · 130 interrupted
 */
export async function tell({
  language,
  paint,
  interrupted,
  write,
}: {
  language: Language
  paint: boolean
  interrupted: AbortSignal
  write: (text: string) => void
}): Promise<0 | 1 | 130> {
  const stage = stageOn(write, language, paint)
  stage.tell('intro')
  const hub = await demoHub(language)
  try {
    for (const scene of story(hub, stage)) if (!interrupted.aborted) await scene()
  } finally {
    await hub.stop()
  }
  return ended(stage, interrupted)
}

/** Says how it ended. @returns the exit code */
export function ended(
  { tell: say, failures }: Pick<Stage, 'tell' | 'failures'>,
  interrupted: AbortSignal,
): 0 | 1 | 130 {
  if (interrupted.aborted) return 130
  say(failures === 0 ? 'end.good' : 'end.bad', { failures })
  return failures === 0 ? 0 : 1
}
