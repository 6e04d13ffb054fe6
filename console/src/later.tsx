// Pages that are loaded when somebody may need them: one file for each role (build.ts). Only main.tsx names these
// files: a module that theirs import too could not (two files would import each other).
import type { ComponentType } from 'preact'
import { arrived } from './arrived.ts'
import { useReading } from './doing.ts'
import { Heading, Loading, Problem } from './parts.tsx'
import { say } from './say.ts'

export type Later<Props> = ComponentType<Props> & {
  /** Loads it, so that it is there when it is needed. It may fail: then it is loaded when it is. */
  soon: () => void
}

/** @param name of the file that is loaded (arrived.ts) */
export const later = <Props extends object>(
  name: string,
  load: () => Promise<ComponentType<Props>>,
): Later<Props> => {
  let known: ComponentType<Props> | undefined
  const get = async () => (known ??= await arrived(name, load))
  const Page = (props: Props) => {
    const { reading, again } = useReading(get, [])
    const There = known
    if (There) return <There {...props} />
    if (reading.state !== 'failed') return <Loading />
    return (
      <>
        <Heading>{say('app.not-arrived')}</Heading>
        <Problem error={reading.error} again={again} />
      </>
    )
  }
  return Object.assign(Page, { soon: () => void get().catch(() => {}) })
}
