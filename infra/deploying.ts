// What a deployment would do to the stacks as they are, and whether it may. Pure: what is there is an argument.
import type { Live, LiveHub } from './account/stack.ts'
import { Deployed } from './deployed.ts'
import { StageError, type Stage, namesOf } from './stage.ts'

export type Plan = {
  /** The hub that is live, whose name and authority stay. */
  readonly deployed: Deployed | undefined
  /**
   * One deployment after the other. What is made for the first time is made without protection: a creation that fails
   * can then be taken back, and tried again.
   */
  readonly passes: readonly { readonly kept: boolean }[]
}

/** Nothing of it ever worked: CloudFormation and the CLI delete it before they make it again. */
const neverThere = new Set([
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
])

const isThere = (found: Live | undefined): found is Live =>
  found !== undefined && !neverThere.has(found.status)

/** A stack that somebody has to look at first, or to wait for. */
const notReady = (stack: string, found: Live | undefined): StageError | undefined => {
  if (!isThere(found)) return undefined
  if (found.status.endsWith('_FAILED'))
    return new StageError(
      `The stack ${stack} is ${found.status}: docs/operations.md#a-deployment-that-failed says how it goes on`,
    )
  if (found.status.endsWith('_IN_PROGRESS'))
    return new StageError(
      `The stack ${stack} is ${found.status}: somebody deploys it now. Wait until it is done, then deploy again`,
    )
  return undefined
}

/** Until 0.2.0 the doors stood in the stack of the data. They move, and the API gets another host of its own. */
const movedHost = (stack: string, data: Live, authority: string | undefined): void => {
  const own = data.outputs['Url']?.replace(/^https:\/\//, '')
  if (own !== undefined && data.outputs['Authority'] === own && (authority ?? own) === own)
    throw new StageError(
      `The doors of ${stack} move to a stack of their own, and the API gets another host than ${own}, which callers sign. Give ` +
        `the hub a host that stays ("authority" in the stage's file, docs/deploy.md#the-host), tell every partner, and deploy ` +
        `with --authority-from ${own}`,
    )
}

/**
 * @param remembered what this checkout has deployed as this stage
 * @throws StageError where a stack is at work, or is not the one that this checkout knows
 */
export const planFor = (
  { stage, settings }: Pick<Stage, 'stage'> & { settings: Pick<Stage['settings'], 'authority'> },
  { data, doors }: LiveHub,
  remembered: Deployed | undefined,
): Plan => {
  const names = namesOf(stage)
  const { stack } = names
  const file = `infra/deployed/${stage}.json`
  if (!isThere(data)) {
    if (remembered)
      throw new StageError(
        `${file} says that the hub ${remembered.name} is deployed, and here is no stack ${stack}: are these the credentials and ` +
          `the region of that hub? If it is gone and this is to be a new one, delete the file`,
      )
    return { deployed: undefined, passes: [{ kept: false }, { kept: true }] }
  }
  const waits = notReady(stack, data) ?? notReady(names.doors, doors)
  if (waits) throw waits
  const passes = [{ kept: true }]
  const { outputs } = isThere(doors) ? doors : data
  const live = Deployed.safeParse({ name: outputs['HubName'], authority: outputs['Authority'] })
  // What keeps is there, and what works on it was never made, or is gone: it is made, for the hub that it was.
  if (!live.success && !isThere(doors) && outputs['Url'] === undefined)
    return { deployed: remembered, passes }
  if (!live.success)
    throw new StageError(
      `The stack ${stack} is there and has no outputs HubName and Authority: it is of a version before 0.2.0, or no hub. ` +
        `Is it yours? Then write them to ${file}: {"name": …, "authority": …} (docs/deploy.md)`,
    )
  if (remembered && remembered.name !== live.data.name)
    throw new StageError(
      `The stack ${stack} is the hub ${live.data.name}, and ${file} knows ${remembered.name}: these are the credentials or the ` +
        `region of another hub`,
    )
  if (!isThere(doors)) movedHost(stack, data, settings.authority)
  return { deployed: live.data, passes }
}
